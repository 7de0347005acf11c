package coldstream.evaluation.drift;

import static coldstream.domain.Check.check;

import java.util.Arrays;

/**
 * How well the probabilities of a stream agree with what happened, in memory that does not grow.
 *
 * <p>With p a row's probability and y its label: the ratio is Σ p / Σ y, and the expected calibration error is Σ over {@value #BINS}
 * bins of equal width of |Σ p − Σ y| of the bin, over all rows.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., On Calibration of Modern Neural Networks, 2017, equation 3</a>
 */
public final class StreamingCalibration {

    static final int BINS = 15;

    private final double[] differences = new double[BINS];
    private long rows;
    private long positives;
    private double probabilities;
    private double uncertain;

    /** @param probability that was predicted, in [0, 1] */
    public void add(double probability, boolean positive) {
        check(probability >= 0 && probability <= 1, "a probability must be 0 to 1, got %s", probability);
        int bin = (int) Math.min(BINS - 1, probability * BINS);
        differences[bin] += positive ? probability - 1 : probability;
        probabilities += probability;
        uncertain += probability * (1 - probability);
        positives += positive ? 1 : 0;
        rows++;
    }

    /** Rows taken in. */
    public long rows() {
        return rows;
    }

    /** Mean probability over the share of positives; 1 is calibrated, NaN without a positive. */
    public double ratio() {
        return positives == 0 ? Double.NaN : probabilities / positives;
    }

    /** About the standard deviation of {@link #ratio} where the probabilities are right and the rows independent. */
    public double ratioDeviation() {
        return positives == 0 ? Double.NaN : Math.sqrt(uncertain) / positives;
    }

    /** Expected calibration error; NaN without a row. It is above 0 for right probabilities too, the more the fewer rows. */
    public double error() {
        double sum = 0;
        for (double difference : differences) {
            sum += Math.abs(difference);
        }
        return sum / rows;
    }

    /** Forgets all rows. */
    public void clear() {
        Arrays.fill(differences, 0);
        rows = 0;
        positives = 0;
        probabilities = 0;
        uncertain = 0;
    }
}
