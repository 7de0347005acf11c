package coldstream.trainer.learning.uncertainty;

import java.util.Arrays;

/**
 * Ranks among recent values, from a histogram that forgets: bounded, deterministic, and the same whatever the values' scale
 * (drawing more negatives shifts every probability, but no rank). A rank is off by at most the share of one bin.
 */
final class Quantiles {

    static final int BINS = 1024;

    /** Values after which half the old ones are forgotten. */
    private static final double HALF_LIFE = 10_000;

    private static final double BELOW_ONE = 1 - 1e-9;

    final double[] counts = new double[BINS];
    private final double[] below = new double[BINS + 1];
    private final boolean small;

    /**
     * Starts with all bins equally likely.
     *
     * @param small whether values crowd near 0: bins are then equal in their fourth roots, which keeps their order
     */
    Quantiles(boolean small) {
        this.small = small;
        Arrays.fill(counts, 4.0);
        accumulate();
    }

    private double place(double value) {
        double scaled = small ? Math.sqrt(Math.sqrt(value)) : value;
        return Math.min(scaled, BELOW_ONE) * BINS;
    }

    /** The share of recent values below this one, of [0, 1]. */
    double rank(double value) {
        double at = place(value);
        int bin = (int) at;
        return (below[bin] + (at - bin) * counts[bin]) / below[BINS];
    }

    /** Takes values of [0, 1] in. */
    void observe(double[] values) {
        double keep = StrictMath.pow(0.5, values.length / HALF_LIFE);
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] *= keep;
        }
        for (double value : values) {
            counts[(int) place(value)] += 1;
        }
        accumulate();
    }

    /** To be called after {@code counts} were restored. */
    void accumulate() {
        for (int bin = 0; bin < BINS; bin++) {
            below[bin + 1] = below[bin] + counts[bin];
        }
    }
}
