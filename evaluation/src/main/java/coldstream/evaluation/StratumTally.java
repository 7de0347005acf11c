package coldstream.evaluation;

import coldstream.domain.StratumMetrics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The running sums of one stratum. */
final class StratumTally {

    /** Half the width of a 95 % interval, in standard deviations. */
    private static final double DEVIATIONS = 1.959964;

    private final HistogramAuc histogram;
    private double lossSum;
    private double probabilitySum;

    StratumTally() {
        this(new HistogramAuc());
    }

    private StratumTally(HistogramAuc histogram) {
        this.histogram = histogram;
    }

    void add(boolean positive, double logit) {
        histogram.add(positive, logit);
        lossSum += softplus(positive ? -logit : logit);
        probabilitySum += 1 / (1 + Math.exp(-logit));
    }

    void merge(StratumTally other) {
        histogram.merge(other.histogram);
        lossSum += other.lossSum;
        probabilitySum += other.probabilitySum;
    }

    StratumMetrics metrics() {
        HistogramAuc.Interval area = histogram.interval(DEVIATIONS);
        long rows = histogram.positives() + histogram.negatives();
        return new StratumMetrics(area.middle(), area.low(), area.high(), lossSum / rows, histogram.positives());
    }

    /** Mean predicted probability over the share of positives; NaN without a positive. */
    double calibrationRatio() {
        return histogram.positives() == 0 ? Double.NaN : probabilitySum / histogram.positives();
    }

    /** log(1 + e<sup>z</sup>), without overflow. */
    private static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    void write(DataOutput out) throws IOException {
        histogram.write(out);
        out.writeDouble(lossSum);
        out.writeDouble(probabilitySum);
    }

    static StratumTally read(DataInput in) throws IOException {
        var tally = new StratumTally(HistogramAuc.read(in));
        tally.lossSum = in.readDouble();
        tally.probabilitySum = in.readDouble();
        return tally;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StratumTally that
                && histogram.equals(that.histogram)
                && lossSum == that.lossSum
                && probabilitySum == that.probabilitySum;
    }

    @Override
    public int hashCode() {
        return histogram.hashCode();
    }
}
