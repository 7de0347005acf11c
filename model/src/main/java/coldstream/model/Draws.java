package coldstream.model;

/**
 * A reproducible stream of random numbers: SplitMix64 (Steele, Lea and Flood 2014). Its start is a pure function of the
 * words it is made from, so nothing about it needs to be saved.
 */
public final class Draws {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private Draws(long state) {
        this.state = state;
    }

    /** The stream that belongs to these words. */
    public static Draws of(long seed, String... words) {
        long hash = mix(seed + GAMMA);
        for (String word : words) {
            for (int k = 0; k < word.length(); k++) {
                hash = mix(hash * 31 + word.charAt(k) + GAMMA);
            }
            hash = mix(hash ^ GAMMA);
        }
        return new Draws(hash);
    }

    /** Uniform over all longs. */
    public long next() {
        state += GAMMA;
        return mix(state);
    }

    /** Uniform in [0, bound), bound ≥ 1; biased by less than bound / 2^31. */
    public int below(int bound) {
        return (int) (((next() >>> 33) * bound) >>> 31);
    }

    /** Uniform in (0, 1). */
    public double uniform() {
        return ((next() >>> 11) + 0.5) * 0x1.0p-53;
    }

    /** Fills with independent normal numbers of mean 0, by Box and Muller. */
    public void normal(float[] into, int from, int length, double deviation) {
        for (int k = 0; k < length; k += 2) {
            double radius = deviation * StrictMath.sqrt(-2 * StrictMath.log(uniform()));
            double angle = 2 * StrictMath.PI * uniform();
            into[from + k] = (float) (radius * StrictMath.cos(angle));
            if (k + 1 < length) {
                into[from + k + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
