package coldstream.model;

import static coldstream.domain.Check.check;

/**
 * Adam on touched rows only, as PyTorch's SparseAdam: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
 * w ← w − rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε), with t the step and not the row's touches. Moments stand still while
 * nobody touches the row. State: 2 (d + linear) floats.
 *
 * @param rate learning rate
 */
public record SparseAdam(double rate) implements RowOptimizer {

    public SparseAdam {
        check(rate >= 0, "row rate must not be negative, got %s", rate);
    }

    @Override
    public String form() {
        return "sparse-adam";
    }

    @Override
    public RowOptimizer times(double factor) {
        return new SparseAdam(rate * factor);
    }

    @Override
    public boolean restless() {
        return true;
    }

    @Override
    public RowTable table(int dimension, boolean linear) {
        return Moments.table(dimension, linear, 0);
    }

    @Override
    public void apply(RowTable table, RowGradients gradients, int from, int to, float scale, long step) {
        float[] gradient = new float[table.width()];
        double size = rate * Math.sqrt(1 - Moments.second(step)) / (1 - Moments.first(step));
        for (int slot = from; slot < to; slot++) {
            gradients.write(slot, gradient);
            Moments.move(
                    table, gradients.row(slot), gradient, scale, Moments.FIRST, Moments.SECOND, size, 1, Moments.FLOOR);
        }
    }
}
