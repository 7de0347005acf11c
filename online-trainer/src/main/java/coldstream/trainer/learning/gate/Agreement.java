package coldstream.trainer.learning.gate;

import java.util.List;
import java.util.Map;

/**
 * How often the language model ordered realised comparisons correctly, cell by cell. A comparison counts half in the cell of
 * each of its items; old ones fade. The share c has the posterior Beta(1 + right, 1 + wrong).
 */
public final class Agreement {

    private static final int CELLS = Signals.CELLS.size();

    private final double memory;
    private final double[] right = new double[CELLS];
    private final double[] all = new double[CELLS];
    private final double[] ever = new double[CELLS];

    /** @param memory comparisons after which evidence has faded to a third */
    public Agreement(double memory) {
        this.memory = memory;
    }

    /** Takes in the comparisons of a step. */
    public void observe(List<Gold> golds) {
        double keep = StrictMath.exp(-golds.size() / memory);
        for (int cell = 0; cell < CELLS; cell++) {
            right[cell] *= keep;
            all[cell] *= keep;
        }
        for (Gold gold : golds) {
            for (Signals z : List.of(gold.taken(), gold.left())) {
                right[z.cellNumber()] += gold.agreement() > 0 ? 0.5 : 0;
                all[z.cellNumber()] += 0.5;
                ever[z.cellNumber()] += 0.5;
            }
        }
    }

    /** c: the posterior's mean. */
    public double share(int cell) {
        return (right[cell] + 1) / (all[cell] + 2);
    }

    /** The posterior's standard deviation, as if comparisons were independent. */
    public double deviation(int cell) {
        double share = share(cell);
        return Math.sqrt(share * (1 - share) / (all[cell] + 3));
    }

    /** Comparisons since the start, none faded. */
    public double comparisons(int cell) {
        return ever[cell];
    }

    /** Everything counted, by name. */
    public Map<String, List<Double>> state() {
        return Map.of("right", Numbers.of(right), "all", Numbers.of(all), "ever", Numbers.of(ever));
    }

    /** Puts {@link #state} back. */
    public void restore(Map<String, List<Double>> state) {
        LinearTrust.fill(right, state, "right");
        LinearTrust.fill(all, state, "all");
        LinearTrust.fill(ever, state, "ever");
    }
}
