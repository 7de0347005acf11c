package coldstream.evaluation.drift;

import static coldstream.domain.Check.check;

import java.util.ArrayList;
import java.util.List;

/**
 * ADWIN2: a window that grows while its parts agree and drops its older part when they do not.
 *
 * <p>Of a window W of variance σ², cut into an older part of n₀ values and a newer one of n₁, the means must differ by no more
 * than ε = √(2 σ² d / m) + 2 d / (3 m), with d = ln(2 ln |W| / δ) and 1/m = 1/(n₀ − 4) + 1/(n₁ − 4). The window is kept as
 * sums of 1, 2, 4 … values, five at most of each, so memory and the cuts tried grow with the logarithm of its length. Cuts
 * are tried every 32 values.
 *
 * @see <a href="https://doi.org/10.1137/1.9781611972771.42">Bifet and Gavaldà, Learning from Time-Changing Data with
 *     Adaptive Windowing, 2007, section 3</a>; the constants are River's
 */
public final class Adwin implements DriftDetector {

    /** Of River. */
    public static final double DEFAULT_DELTA = 0.002;

    private static final int OF_EACH_SIZE = 5;
    private static final int CHECKED_EVERY = 32;
    private static final int GRACE = 10;
    private static final int SHORTEST = 5;

    private final double delta;

    /** Level k holds sums of 2^k values; the oldest are at the end of the last level that has any. */
    private final List<Level> levels = new ArrayList<>(List.of(new Level()));

    private long values;
    private long length;
    private double sum;

    /** Sum of squared differences from the mean. */
    private double spread;

    private double statistic;
    private double threshold = Double.POSITIVE_INFINITY;

    /** 1/m and σ² of the cut that {@link #statistic} is of. */
    private double cut = Double.POSITIVE_INFINITY;

    private double variance;

    /** The largest d at which a cut since {@link #takeChance} would have been made. */
    private double surest;

    private long checks;

    /** Sums of some stretches of equal length, oldest first, and how the values of each spread around their mean. */
    private static final class Level {
        private final double[] sums = new double[OF_EACH_SIZE + 1];
        private final double[] spreads = new double[OF_EACH_SIZE + 1];
        private int size;

        void add(double sum, double spread) {
            sums[size] = sum;
            spreads[size++] = spread;
        }

        void dropOldest(int count) {
            System.arraycopy(sums, count, sums, 0, size - count);
            System.arraycopy(spreads, count, spreads, 0, size - count);
            size -= count;
        }
    }

    /** @param delta bound on the chance of a false alarm at a check, in (0, 1) */
    public Adwin(double delta) {
        check(delta > 0 && delta < 1, "delta must be between 0 and 1, got %s", delta);
        this.delta = delta;
    }

    @Override
    public State add(double value) {
        spread += length == 0 ? 0 : between((double) length, sum / length, 1, value);
        sum += value;
        length++;
        values++;
        levels.get(0).add(value, 0);
        merge();
        if (values % CHECKED_EVERY != 0 || length <= GRACE) {
            return State.STEADY;
        }
        checks++;
        return shrink() ? State.DRIFT : State.STEADY;
    }

    /** What the spreads of two stretches lack of the spread of both together. */
    private static double between(double n, double mean, double m, double other) {
        return n * m * (mean - other) * (mean - other) / (n + m);
    }

    /** Makes one stretch of the two oldest where there are too many of one size. */
    private void merge() {
        for (int k = 0; levels.get(k).size > OF_EACH_SIZE; k++) {
            if (k + 1 == levels.size()) {
                levels.add(new Level());
            }
            Level level = levels.get(k);
            double size = 1L << k;
            double apart = between(size, level.sums[0] / size, size, level.sums[1] / size);
            levels.get(k + 1).add(level.sums[0] + level.sums[1], level.spreads[0] + level.spreads[1] + apart);
            level.dropOldest(2);
        }
    }

    /** Drops the oldest stretch for as long as some cut separates two means. */
    private boolean shrink() {
        boolean changed = false;
        while (length > GRACE && differs()) {
            dropOldest();
            changed = true;
        }
        return changed;
    }

    private boolean differs() {
        double worst = Double.NEGATIVE_INFINITY;
        double older = 0;
        double olderSum = 0;
        boolean differs = false;
        for (int k = levels.size() - 1; k >= 0; k--) {
            Level level = levels.get(k);
            for (int bucket = 0; bucket < level.size; bucket++) {
                older += 1L << k;
                olderSum += level.sums[bucket];
                double newer = length - older;
                if (older < SHORTEST || newer < SHORTEST) {
                    continue;
                }
                double apart = Math.abs(olderSum / older - (sum - olderSum) / newer);
                double allowed = allowed(older, newer);
                if (apart - allowed > worst) {
                    worst = apart - allowed;
                    differs = apart > allowed;
                    statistic = apart;
                    threshold = allowed;
                    cut = 1 / (older - SHORTEST + 1) + 1 / (newer - SHORTEST + 1);
                }
            }
        }
        variance = Math.max(0, spread / length);
        surest = Math.max(surest, sureness() - StrictMath.log(2 * StrictMath.log((double) length)));
        return differs;
    }

    /** The d at which ε is the distance found: the root of 2 d / (3 m) + √(2 σ² d / m) = |μ₀ − μ₁|. */
    private double sureness() {
        if (Double.isInfinite(cut)) {
            return 0;
        }
        double line = 2.0 / 3 * cut;
        double root = Math.sqrt(2 * cut * variance);
        double d = (Math.sqrt(root * root + 4 * line * statistic) - root) / (2 * line);
        return d * d;
    }

    /**
     * About the chance, where nothing changed, of what was seen since this was last asked: δ of the surest cut, times the
     * times cuts were tried.
     */
    public double takeChance() {
        double chance = checks == 0 ? 1 : Math.min(1, checks * StrictMath.exp(-surest));
        surest = 0;
        checks = 0;
        return chance;
    }

    /** The distance at which the last cut would be made with this δ; infinite before the first. */
    public double threshold(double chance) {
        if (Double.isInfinite(cut) || chance <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double d = StrictMath.log(2 * StrictMath.log((double) Math.max(3, length)) / chance);
        return Math.sqrt(2 * cut * variance * d) + 2.0 / 3 * d * cut;
    }

    private double allowed(double older, double newer) {
        double d = StrictMath.log(2 * StrictMath.log((double) length) / delta);
        double m = 1 / (older - SHORTEST + 1) + 1 / (newer - SHORTEST + 1);
        return Math.sqrt(2 * m * Math.max(0, spread / length) * d) + 2.0 / 3 * d * m;
    }

    private void dropOldest() {
        int last = levels.size() - 1;
        Level level = levels.get(last);
        double size = 1L << last;
        double mean = level.sums[0] / size;
        length -= (long) size;
        sum -= level.sums[0];
        spread = Math.max(0, spread - level.spreads[0] - between(size, mean, (double) length, sum / length));
        level.dropOldest(1);
        if (level.size == 0 && last > 0) {
            levels.remove(last);
        }
    }

    /** Values in the window. */
    public long length() {
        return length;
    }

    /** Mean of the window; NaN for an empty one. */
    public double mean() {
        return sum / length;
    }

    /** Numbers kept, for the proof that they are few. */
    int kept() {
        return levels.size() * 2 * (OF_EACH_SIZE + 1);
    }

    @Override
    public double statistic() {
        return statistic;
    }

    @Override
    public double threshold() {
        return threshold;
    }
}
