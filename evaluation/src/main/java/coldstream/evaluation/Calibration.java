package coldstream.evaluation;

/**
 * How well probabilities agree with what happened, over rows as they were sampled: with two negatives drawn for a positive
 * a third of the rows are positives.
 *
 * @param ratio mean predicted probability over the share of positives; 1 is calibrated, NaN without a positive
 * @param error expected calibration error: over {@value #BINS} bins of equal width, the mean over rows of |mean probability −
 *     share of positives| of the row's bin
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., 2017, equation 3</a>
 */
public record Calibration(double ratio, double error) {

    static final int BINS = 15;

    /** Of rows. */
    static Calibration of(ScoreColumns rows) {
        double[] probabilities = new double[BINS];
        double[] positives = new double[BINS];
        double sum = 0;
        for (int row = 0; row < rows.size(); row++) {
            double probability = 1 / (1 + Math.exp(-rows.logit(row)));
            int bin = (int) Math.min(BINS - 1, Math.floor(probability * BINS));
            sum += probability;
            probabilities[bin] += probability;
            positives[bin] += rows.positive(row) ? 1 : 0;
        }
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(probabilities[bin] - positives[bin]) / rows.size();
        }
        int all = rows.count(true);
        return new Calibration(all == 0 ? Double.NaN : sum / all, error);
    }
}
