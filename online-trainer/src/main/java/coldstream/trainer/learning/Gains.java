package coldstream.trainer.learning;

import coldstream.trainer.learning.Residual.Comparison;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what the residual gains, by users' coldness and the taken item's popularity, in cells named as the gate's. For people to look
 * at: nothing is learnt from it, and a process begins anew.
 */
final class Gains {

    static final String OVERALL = "overall";

    private static final List<String> CELLS =
            List.of("cold_head", "cold_tail", "cold_new", "warm_head", "warm_tail", "warm_new");

    /** Lengths of history, of {@link coldstream.model.Trust#history}, that are cold: at most two. */
    private static final int COLD = 2;

    private final Tally overall = new Tally();
    private final List<Tally> cells = CELLS.stream().map(name -> new Tally()).toList();

    private static final class Tally {

        private long comparisons;
        private double without;
        private double with;
        private double squares;

        void add(double before, double after) {
            comparisons++;
            without += before;
            with += after;
            squares += (after - before) * (after - before);
        }

        GuidanceGain gain() {
            double mean = (with - without) / comparisons;
            double variance = Math.max(0, squares / comparisons - mean * mean);
            return new GuidanceGain(
                    comparisons, without / comparisons, with / comparisons, Math.sqrt(variance / comparisons));
        }
    }

    /** @param residual as it was when these were predicted */
    void count(Residual residual, List<Comparison> comparisons) {
        for (Comparison one : comparisons) {
            double before = right(one.difference());
            double after = right(one.difference() + residual.add(one.taken()) - residual.add(one.drawn()));
            overall.add(before, after);
            int kinds = CELLS.size() / 2;
            cells.get((one.taken().history() < COLD ? 0 : kinds) + one.taken().kind())
                    .add(before, after);
        }
    }

    private static double right(double difference) {
        return difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
    }

    /** Of {@link #OVERALL} and each cell; one without comparisons is left out. */
    Map<String, GuidanceGain> byName() {
        Map<String, GuidanceGain> all = new LinkedHashMap<>();
        if (overall.comparisons > 0) {
            all.put(OVERALL, overall.gain());
        }
        for (int cell = 0; cell < CELLS.size(); cell++) {
            if (cells.get(cell).comparisons > 0) {
                all.put(CELLS.get(cell), cells.get(cell).gain());
            }
        }
        return all;
    }
}
