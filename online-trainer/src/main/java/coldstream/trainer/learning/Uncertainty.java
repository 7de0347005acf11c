package coldstream.trainer.learning;

import coldstream.model.Logistic;

/**
 * Turns a logit into q in [0, 1]: the rank of its probability's entropy among recent ones. The ranks come from a histogram
 * that forgets: bounded, deterministic, and independent of how many negatives are drawn. No gradient flows through q.
 */
final class Uncertainty {

    static final int BINS = 1024;

    /** Rows after which half the old ones are forgotten. */
    private static final double HALF_LIFE = 10_000;

    private static final double LN_2 = StrictMath.log(2);
    private static final double SMALLEST = 1e-6;

    final double[] counts = new double[BINS];
    private final double[] below = new double[BINS + 1];

    /** Starts with all entropies equally likely. */
    Uncertainty() {
        java.util.Arrays.fill(counts, 4.0);
        accumulate();
    }

    /** Entropy in bits of a probability given by its logit. */
    static double entropy(double logit) {
        double p = Math.max(SMALLEST, Math.min(1 - SMALLEST, Logistic.sigmoid(logit)));
        return -(p * StrictMath.log(p) + (1 - p) * StrictMath.log(1 - p)) / LN_2;
    }

    /** q of a logit, by the rows seen so far. */
    double rank(double logit) {
        double at = Math.min(entropy(logit), 1 - 1e-9) * BINS;
        int bin = (int) at;
        return (below[bin] + (at - bin) * counts[bin]) / below[BINS];
    }

    /** Takes a step's logits in. */
    void observe(float[] logits) {
        double keep = StrictMath.pow(0.5, logits.length / HALF_LIFE);
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] *= keep;
        }
        for (float logit : logits) {
            counts[(int) (Math.min(entropy(logit), 1 - 1e-9) * BINS)] += 1;
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
