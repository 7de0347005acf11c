package coldstream.evaluation;

import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;

/**
 * How well probabilities agree with what happened over the whole catalogue and not over the rows as they were sampled.
 *
 * <p>A model trained on a positive and J of M other items overstates every probability: sampling took J / M of the negatives
 * and all positives, so its odds are M / J times too high. Adding ln(J / M) to the logit puts that right (King and Zeng 2001,
 * section 4.1, for samples by class). Each drawn negative stands for M / J items here ({@link ScoredEvent#each}).
 *
 * <p>Events that do not count, and items nobody took before, are left out. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1093/oxfordjournals.pan.a004868">King and Zeng, 2001</a>
 */
public final class CatalogueCalibration {

    /** Bins of the logit: half a unit wide from −{@value #LARGEST} on. */
    private static final int BINS = 128;

    private static final double PER_LOGIT = 2;
    private static final double LARGEST = 32;

    private final Sums asTrained = new Sums();
    private final Sums corrected = new Sums();

    /**
     * How logits as trained, and corrected ones, agree with the catalogue.
     *
     * @param ratio expected number of positives over their number; 1 is calibrated, NaN without a positive
     * @param error over bins of the logit, the sum of |expected − actual positives| over the number of positives
     * @param correctedRatio the same with the log of the sampling odds added
     * @param correctedError the same with the log of the sampling odds added
     */
    public record Result(double ratio, double error, double correctedRatio, double correctedError) {}

    /** Takes the predictions of one event in. */
    public void add(ScoredEvent event) {
        if (!event.scored() || event.newItem()) {
            return;
        }
        double shift = -Math.log(event.each());
        boolean positive = event.sample().label() == 1;
        asTrained.add(event.logit(), positive, 1);
        corrected.add(event.logit() + shift, positive, 1);
        for (Negative negative : event.negatives()) {
            asTrained.add(negative.logit(), false, event.each());
            corrected.add(negative.logit() + shift, false, event.each());
        }
    }

    public Result result() {
        return new Result(asTrained.ratio(), asTrained.error(), corrected.ratio(), corrected.error());
    }

    /** Expected and actual positives by bin. */
    private static final class Sums {

        private final double[] expected = new double[BINS];
        private final double[] actual = new double[BINS];

        void add(double logit, boolean positive, double weight) {
            int bin = (int) Math.max(0, Math.min(BINS - 1, Math.floor((logit + LARGEST) * PER_LOGIT)));
            expected[bin] += weight / (1 + Math.exp(-logit));
            actual[bin] += positive ? 1 : 0;
        }

        double ratio() {
            double sum = sum(actual);
            return sum == 0 ? Double.NaN : sum(expected) / sum;
        }

        double error() {
            double error = 0;
            for (int bin = 0; bin < BINS; bin++) {
                error += Math.abs(expected[bin] - actual[bin]);
            }
            double sum = sum(actual);
            return sum == 0 ? Double.NaN : error / sum;
        }

        private static double sum(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum;
        }
    }
}
