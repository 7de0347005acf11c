package coldstream.model;

import static coldstream.domain.Check.check;

/**
 * Adam for rows that catches up: with Δ the steps since the row's last touch and n its touches, m ← β₁^Δ m + (1 − β₁) g,
 * v ← β₂^Δ v + (1 − β₂) g², w ← w − rate · m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ⁿ) and v̂ = v / (1 − β₂ⁿ). The moments are
 * those of an Adam that saw gradient 0 in between; the steps it would have drifted by are left out. State: 2 (d + linear)
 * floats, the time of the last touch and n.
 *
 * @param rate learning rate
 * @param firstRate learning rate of a row's first {@value FIRST_TOUCHES} touches, at which it moves by about the rate
 *     whatever the gradient
 */
public record LazyAdam(double rate, double firstRate) implements RowOptimizer {

    static final int FIRST_TOUCHES = 3;

    public LazyAdam {
        check(rate >= 0 && firstRate >= 0, "row rates must not be negative, got %s and %s", rate, firstRate);
    }

    @Override
    public String form() {
        return "lazy-adam";
    }

    @Override
    public RowOptimizer times(double factor) {
        return new LazyAdam(rate * factor, firstRate * factor);
    }

    @Override
    public boolean restless() {
        return true;
    }

    @Override
    public RowTable table(int dimension, boolean linear) {
        return Moments.table(dimension, linear, 2);
    }

    @Override
    public void apply(RowTable table, RowGradients gradients, int from, int to, float scale, long step) {
        float[] gradient = new float[table.width()];
        for (int slot = from; slot < to; slot++) {
            int row = gradients.row(slot);
            int[] times = table.timesToWrite(row);
            int at = table.timesOffset(row);
            long since = step - times[at];
            int touches = times[at + 1] + 1;
            times[at] = (int) step;
            times[at + 1] = touches;
            double size = touches <= FIRST_TOUCHES ? firstRate : rate;
            gradients.write(slot, gradient);
            Moments.move(
                    table,
                    row,
                    gradient,
                    scale,
                    Moments.first(since),
                    Moments.second(since),
                    size / (1 - Moments.first(touches)),
                    Math.sqrt(1 - Moments.second(touches)),
                    Moments.FLOOR);
        }
    }
}
