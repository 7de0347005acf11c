package coldstream.model;

import static coldstream.domain.Check.check;

/**
 * Row-wise Adagrad, with decay: with g the row's summed gradient, G ← ρ^Δ G + mean g², w ← w − rate · g / √(G + floor). One
 * accumulator a row for its factors and one for its linear weight (DLRM's row-wise Adagrad, Naumov et al. 2019; ρ = 1). Δ is
 * 1 at each touch, or the steps since the last one.
 *
 * @param rate learning rate
 * @param floor added under the root; bounds the first step
 * @param decay ρ, in (0, 1]; 1 remembers everything
 * @param bySteps whether Δ counts steps, so that a row also forgets while nobody touches it
 * @param clip longest step of a row's factors, and of its linear weight, Euclidean; 0 is no limit
 * @param shrink l, at least 0: a touched row first becomes (1 − rate · l) times itself
 */
public record RowAdagrad(double rate, double floor, double decay, boolean bySteps, double clip, double shrink)
        implements RowOptimizer {

    public RowAdagrad {
        check(decay > 0 && decay <= 1, "row decay must be above 0 and at most 1, got %s", decay);
        check(clip >= 0, "row step clip must not be negative, got %s", clip);
        check(shrink >= 0 && rate * shrink < 1, "row shrink times rate must be 0 to 1, got %s", rate * shrink);
    }

    /** Without decay or limit. */
    public RowAdagrad(double rate, double floor) {
        this(rate, floor, 1, false, 0, 0);
    }

    private boolean timed() {
        return bySteps && decay < 1;
    }

    @Override
    public String form() {
        return timed() ? "adagrad by steps" : "adagrad";
    }

    /** The pull to zero stays what it was. */
    @Override
    public RowOptimizer times(double factor) {
        return new RowAdagrad(rate * factor, floor, decay, bySteps, clip, shrink / factor);
    }

    @Override
    public boolean restless() {
        return false;
    }

    @Override
    public RowTable table(int dimension, boolean linear) {
        return new RowTable(dimension, linear, linear ? 2 : 1, timed() ? 1 : 0);
    }

    @Override
    public void apply(RowTable table, RowGradients gradients, int from, int to, float scale, long step) {
        int dimension = table.dimension();
        FieldGradients fields = gradients.fields();
        for (int slot = from; slot < to; slot++) {
            if ((slot - from) % RowGradients.GLANCED == 0) {
                gradients.glanceAhead(table, slot, to);
            }
            int row = gradients.row(slot);
            int field = gradients.field(slot);
            float share = gradients.share(slot);
            double kept = timed() ? keptSince(table, row, step) : decay;
            float size = size(table, row, 0, gradients.square(slot), dimension, scale, kept);
            if (size != 0) {
                int at = table.offset(row);
                move(table.chunk(row), at, dimension, size, share, fields.factors, field * dimension);
            }
            if (table.width() > dimension) {
                double linear = gradients.linear(slot);
                size = size(table, row, 1, linear * linear, 1, scale, kept);
                if (size != 0) {
                    int at = table.offset(row) + dimension;
                    move(table.chunk(row), at, 1, size, share, fields.linear, field);
                }
            }
        }
    }

    /** ρ^Δ, and notes that the row was touched now. */
    private double keptSince(RowTable table, int row, long step) {
        int[] times = table.timesToWrite(row);
        int at = table.timesOffset(row);
        int since = (int) step - times[at];
        times[at] = (int) step;
        return StrictMath.pow(decay, since);
    }

    /**
     * Adds to an accumulator.
     *
     * @param squares sum of the squares of the gradient
     * @param length numbers of the gradient
     * @return by how many times the gradient the row moves
     */
    private float size(RowTable table, int row, int accumulator, double squares, int length, float scale, double kept) {
        double mean = (double) scale * scale * squares;
        if (mean == 0 && kept == 1) {
            return 0;
        }
        float before = table.state(row, accumulator);
        float square = (float) (kept * before + mean / length);
        table.state(row, accumulator, square);
        if (mean == 0) {
            return 0;
        }
        double root = Math.sqrt(square + floor);
        float size = (float) (rate * scale / root);
        double moved = rate * Math.sqrt(mean) / root;
        return clip > 0 && moved > clip ? size * (float) (clip / moved) : size;
    }

    private void move(float[] values, int at, int length, float size, float share, float[] gradient, int from) {
        if (shrink > 0) {
            float left = (float) (1 - rate * shrink);
            for (int k = 0; k < length; k++) {
                values[at + k] *= left;
            }
        }
        for (int k = 0; k < length; k++) {
            values[at + k] -= size * (share * gradient[from + k]);
        }
    }
}
