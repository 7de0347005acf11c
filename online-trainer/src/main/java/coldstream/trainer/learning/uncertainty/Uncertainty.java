package coldstream.trainer.learning.uncertainty;

import coldstream.model.FeatureBatch;
import coldstream.model.Model;

/**
 * q in [0, 1]: the rank of a row's {@link Measure} among recent ones. No gradient flows through q: it is a number before the
 * gate sees it. Recent rows are the labelled ones; for the masks' measures, which cost {@value #MASKS} forward passes, those
 * that were put to the gate.
 */
public final class Uncertainty {

    static final int MASKS = 8;

    private final Measure measure;
    private final Quantiles quantiles;

    /** Nothing seen yet. */
    public Uncertainty(Measure measure) {
        this.measure = measure;
        quantiles = new Quantiles(measure.asksMasks());
    }

    /** The q of a pass's rows. */
    @FunctionalInterface
    public interface Reading {

        /** @param logit of the row, from the pass itself */
        double q(int row, float logit);
    }

    /**
     * Prepares to judge rows that are about to be passed through the model.
     *
     * @param seed of the masks, where the measure asks any
     */
    public Reading read(Model model, FeatureBatch rows, long seed) {
        if (!measure.asksMasks()) {
            return (row, logit) -> quantiles.rank(raw(rows, row, logit));
        }
        float[][] logits = model.logits(rows, MASKS, seed);
        double[] raw = new double[rows.size()];
        double[] own = new double[MASKS];
        for (int row = 0; row < raw.length; row++) {
            for (int mask = 0; mask < MASKS; mask++) {
                own[mask] = logits[mask][row];
            }
            raw[row] = measure == Measure.MC_VARIANCE ? Measure.variance(own) : Measure.information(own);
        }
        quantiles.observe(raw);
        return (row, logit) -> quantiles.rank(raw[row]);
    }

    private double raw(FeatureBatch rows, int row, float logit) {
        return switch (measure) {
            case CONFIDENCE -> Measure.confidence(logit);
            case ENTROPY -> Measure.entropy(logit);
            case ROW_COUNT -> {
                FeatureBatch.Origin origin = rows.origin(row);
                yield Measure.rowCount(origin.userCount(), origin.itemCount());
            }
            case MC_VARIANCE, MC_INFORMATION -> throw new IllegalStateException(measure + " asks masks");
        };
    }

    /** Takes a step's labelled rows in. */
    public void observe(FeatureBatch rows, float[] logits) {
        if (!measure.asksMasks()) {
            double[] raw = new double[logits.length];
            for (int row = 0; row < raw.length; row++) {
                raw[row] = raw(rows, row, logits[row]);
            }
            quantiles.observe(raw);
        }
    }

    /** Everything remembered. */
    public double[] state() {
        return quantiles.counts.clone();
    }

    /** Puts {@link #state} of the same measure back. */
    public void restore(double[] state) {
        System.arraycopy(state, 0, quantiles.counts, 0, Quantiles.BINS);
        quantiles.accumulate();
    }

    /** What it goes by. */
    public Measure measure() {
        return measure;
    }
}
