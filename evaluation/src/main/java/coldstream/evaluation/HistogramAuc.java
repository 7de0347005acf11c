package coldstream.evaluation;

import static coldstream.domain.Check.check;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The area under the ROC curve in bounded memory: positives and negatives are counted in {@value #BINS} bins of the logit.
 *
 * <p>Within a bin the order is forgotten and counts as a tie. With p<sub>b</sub> of P positives and n<sub>b</sub> of N
 * negatives in bin b, the error is at most
 *
 * <pre>
 * Σ<sub>b</sub> p<sub>b</sub> n<sub>b</sub> / (2 P N)
 * </pre>
 *
 * which {@link #errorBound()} gives. A bin is 1/1024 wide from −16 to 16; logits beyond fall into the outermost bins.
 *
 * <p>Two histograms merge by adding their bins, so a stream may be counted in parts.
 */
public final class HistogramAuc {

    static final int BINS = 32_768;

    private static final double BINS_PER_LOGIT = 1024;

    private final long[] positives = new long[BINS];
    private final long[] negatives = new long[BINS];
    private long positiveCount;
    private long negativeCount;

    /**
     * Counts one row.
     *
     * @throws IllegalArgumentException if the logit is NaN
     */
    public void add(boolean positive, double logit) {
        check(!Double.isNaN(logit), "a logit must be a number, got NaN");
        int bin = (int) Math.max(0, Math.min(BINS - 1, Math.floor(logit * BINS_PER_LOGIT) + BINS / 2));
        if (positive) {
            positives[bin]++;
            positiveCount++;
        } else {
            negatives[bin]++;
            negativeCount++;
        }
    }

    /** Adds everything the other has counted. */
    public void merge(HistogramAuc other) {
        for (int bin = 0; bin < BINS; bin++) {
            positives[bin] += other.positives[bin];
            negatives[bin] += other.negatives[bin];
        }
        positiveCount += other.positiveCount;
        negativeCount += other.negativeCount;
    }

    public long positives() {
        return positiveCount;
    }

    public long negatives() {
        return negativeCount;
    }

    /** The area; NaN without a positive or without a negative. */
    public double auc() {
        return interval(0).middle();
    }

    /** The most by which {@link #auc()} can differ from the exact area; NaN where that is NaN. */
    public double errorBound() {
        double ties = 0;
        for (int bin = 0; bin < BINS; bin++) {
            ties += (double) positives[bin] * negatives[bin];
        }
        return ties / 2 / positiveCount / negativeCount;
    }

    /**
     * The area with its interval after DeLong, rows taken as independent.
     *
     * <p>A positive's placement is the share of negatives below it, a negative's the share of positives above it; the
     * variance is that of the placements over P plus that over N.
     *
     * @param deviations half the width, in standard deviations; 1.96 for 95 %
     * @see <a href="https://doi.org/10.2307/2531595">DeLong, DeLong and Clarke-Pearson, 1988</a>
     */
    public Interval interval(double deviations) {
        if (positiveCount == 0 || negativeCount == 0) {
            return new Interval(Double.NaN, Double.NaN, Double.NaN);
        }
        double sum = 0;
        double positiveSquares = 0;
        double negativeSquares = 0;
        long negativesBelow = 0;
        long positivesBelow = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double ofPositive = (negativesBelow + negatives[bin] / 2.0) / negativeCount;
            double ofNegative = (positiveCount - positivesBelow - positives[bin] / 2.0) / positiveCount;
            sum += positives[bin] * ofPositive;
            positiveSquares += positives[bin] * ofPositive * ofPositive;
            negativeSquares += negatives[bin] * ofNegative * ofNegative;
            negativesBelow += negatives[bin];
            positivesBelow += positives[bin];
        }
        double area = sum / positiveCount;
        double variance = unbiased(positiveSquares, area, positiveCount) / positiveCount
                + unbiased(negativeSquares, area, negativeCount) / negativeCount;
        double half = deviations * Math.sqrt(variance);
        return new Interval(Math.max(0, area - half), area, Math.min(1, area + half));
    }

    private static double unbiased(double squares, double mean, long count) {
        return Math.max(0, squares / count - mean * mean) * count / Math.max(1, count - 1);
    }

    /** An estimate between its bounds. */
    public record Interval(double low, double middle, double high) {}

    /** Writes the bins that are not empty. */
    void write(DataOutput out) throws IOException {
        write(positives, out);
        write(negatives, out);
    }

    /** Reads what {@link #write(DataOutput)} wrote. */
    static HistogramAuc read(DataInput in) throws IOException {
        var histogram = new HistogramAuc();
        histogram.positiveCount = read(histogram.positives, in);
        histogram.negativeCount = read(histogram.negatives, in);
        return histogram;
    }

    private static void write(long[] bins, DataOutput out) throws IOException {
        out.writeInt((int) Arrays.stream(bins).filter(count -> count > 0).count());
        for (int bin = 0; bin < BINS; bin++) {
            if (bins[bin] > 0) {
                out.writeShort(bin);
                VariableLength.write(bins[bin], out);
            }
        }
    }

    private static long read(long[] bins, DataInput in) throws IOException {
        long sum = 0;
        for (int left = in.readInt(); left > 0; left--) {
            int bin = in.readUnsignedShort();
            bins[bin] = VariableLength.read(in);
            sum += bins[bin];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HistogramAuc that
                && Arrays.equals(positives, that.positives)
                && Arrays.equals(negatives, that.negatives);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(positives) + Arrays.hashCode(negatives);
    }
}
