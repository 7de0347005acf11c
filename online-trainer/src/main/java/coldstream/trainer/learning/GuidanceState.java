package coldstream.trainer.learning;

import coldstream.trainer.learning.gate.GateMode;
import coldstream.trainer.learning.gate.Numbers;
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
        learner.counters.cells.forEach((name, sums) -> cells.put(name, Numbers.of(sums)));
        return new GuidanceState(
                learner.config().gate.toString(),
                new TreeMap<>(learner.gate.state()),
                new TreeMap<>(learner.agreement.state()),
                Numbers.of(learner.residual.weights),
                Numbers.of(learner.residual.information),
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
            Numbers.write(residual, learner.residual.weights);
            Numbers.write(residualInformation, learner.residual.information);
            learner.residual.judge();
        }
        learner.teacher.meanSquare = signalMeanSquare;
        cells.forEach((name, sums) -> learner.counters.cells.put(name, array(sums)));
        learner.counters.pairs = pairs;
        learner.counters.goldComparisons = goldComparisons;
        learner.counters.guided(guided);
    }

    private static double[] array(List<Double> values) {
        double[] array = new double[values.size()];
        Numbers.write(values, array);
        return array;
    }
}
