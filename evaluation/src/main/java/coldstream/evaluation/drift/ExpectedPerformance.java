package coldstream.evaluation.drift;

import static coldstream.domain.Check.check;

/**
 * What a model's quality must be if its probabilities are right: an estimate that needs no labels, for the time until they
 * come (confidence-based performance estimation). A row of probability p is p of a positive and 1 − p of a negative.
 *
 * <p>Probabilities are kept in {@value #BINS} bins of equal width; two of one bin count as equal, which moves the area by less
 * than the bins' width.
 *
 * @see <a href="https://nannyml.readthedocs.io/en/stable/how_it_works/performance_estimation.html">NannyML, CBPE</a>
 */
public final class ExpectedPerformance {

    static final int BINS = 1000;

    private final double[] positives = new double[BINS];
    private final double[] negatives = new double[BINS];
    private double self;
    private long rows;

    /** @param probability calibrated, in [0, 1] */
    public void add(double probability) {
        check(probability >= 0 && probability <= 1, "a probability must be 0 to 1, got %s", probability);
        int bin = (int) Math.min(BINS - 1, probability * BINS);
        double other = 1 - probability;
        positives[bin] += probability;
        negatives[bin] += other;
        self += probability * other;
        rows++;
    }

    /** Rows taken in. */
    public long rows() {
        return rows;
    }

    /** Expected positives. */
    public double positives() {
        double sum = 0;
        for (double each : positives) {
            sum += each;
        }
        return sum;
    }

    /** Expected log loss, in nats a row, every row taken as the mean of its bin; NaN without a row. */
    public double logloss() {
        double entropy = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double all = positives[bin] + negatives[bin];
            entropy -= part(positives[bin], all) + part(negatives[bin], all);
        }
        return entropy / rows;
    }

    private static double part(double some, double all) {
        return some == 0 ? 0 : some * StrictMath.log(some / all);
    }

    /** Expected area under the ROC curve, ties half; NaN where no pair can be of a positive and a negative. */
    public double auc() {
        double below = 0;
        double right = 0;
        double all = 0;
        for (int bin = 0; bin < BINS; bin++) {
            right += positives[bin] * (below + negatives[bin] / 2);
            below += negatives[bin];
            all += positives[bin];
        }
        double pairs = all * below - self; // no row is compared with itself
        return pairs > 0 ? (right - self / 2) / pairs : Double.NaN;
    }

    /** Forgets all rows. */
    public void clear() {
        java.util.Arrays.fill(positives, 0);
        java.util.Arrays.fill(negatives, 0);
        self = 0;
        rows = 0;
    }
}
