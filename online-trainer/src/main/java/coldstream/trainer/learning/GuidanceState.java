package coldstream.trainer.learning;

import coldstream.trainer.learning.gate.GateMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything learnt about the language model.
 *
 * @param mode of the gate
 * @param gate what the gate has learnt, by name
 * @param agreement how often the language model was right, cell by cell
 * @param residual weights of the residual's trust
 * @param residualInformation what bears on those weights, row by row
 * @param signalMeanSquare running mean square of the cosines
 * @param cells by cell: sum of alphas, pairs
 * @param guided steps with pairs, then sums over them: doses, shares of active hinges, ratios of the gradients' norms
 */
record GuidanceState(
        String mode,
        Map<String, List<Double>> gate,
        Map<String, List<Double>> agreement,
        List<Double> residual,
        List<Double> residualInformation,
        double signalMeanSquare,
        Map<String, List<Double>> cells,
        long pairs,
        long goldComparisons,
        List<Double> guided) {

    static GuidanceState of(OnlineLearner learner) {
        Map<String, List<Double>> cells = new TreeMap<>();
        learner.counters.cells.forEach((name, sums) -> cells.put(name, list(sums)));
        return new GuidanceState(
                learner.config().gate.toString(),
                new TreeMap<>(learner.gate.state()),
                new TreeMap<>(learner.agreement.state()),
                list(learner.residual.weights),
                list(learner.residual.information),
                learner.teacher.meanSquare,
                cells,
                learner.counters.pairs,
                learner.counters.goldComparisons,
                learner.counters.guided());
    }

    /** Puts it back; another mode's gate starts anew. */
    void restore(OnlineLearner learner) {
        if (GateMode.parse(mode) == learner.config().gate) {
            learner.gate.restore(gate);
        }
        learner.agreement.restore(agreement);
        if (learner.residual.weights.length == residual.size()) { // else of another shape: it starts anew
            fill(learner.residual.weights, residual);
            fill(learner.residual.information, residualInformation);
            learner.residual.judge();
        }
        learner.teacher.meanSquare = signalMeanSquare;
        cells.forEach((name, sums) -> learner.counters.cells.put(name, array(sums)));
        learner.counters.pairs = pairs;
        learner.counters.goldComparisons = goldComparisons;
        learner.counters.guided(guided);
    }

    private static List<Double> list(double[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void fill(double[] into, List<Double> values) {
        System.arraycopy(array(values), 0, into, 0, into.length);
    }
}
