package coldstream.trainer.learning;

import coldstream.trainer.learning.gate.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has been done so far. */
final class Counters {

    long steps;
    long samples;

    /** Answers about users without a row, which nobody keeps. */
    long strangers;

    long pairs;
    long goldComparisons;

    /** Steps with pairs, and sums over them. */
    long guidedSteps;

    double doses;
    double active;
    double gradientRatios;

    /** By cell of the better item: sum of alphas, pairs. */
    final TreeMap<String, double[]> cells = new TreeMap<>();

    void count(PairTrainer.Outcome outcome, int golds, double dose, double gradientRatio) {
        pairs += outcome.terms();
        goldComparisons += golds;
        if (outcome.terms() > 0) {
            guidedSteps++;
            doses += dose;
            active += outcome.active();
            gradientRatios += gradientRatio;
        }
        for (Map.Entry<String, double[]> cell : outcome.cells().entrySet()) {
            double[] sum = cells.computeIfAbsent(cell.getKey(), name -> new double[2]);
            sum[0] += cell.getValue()[0];
            sum[1] += cell.getValue()[1];
        }
    }

    /** Pairs since the start whose better item is of the cell. */
    long pairs(String cell) {
        double[] sums = cells.get(cell);
        return sums == null ? 0 : (long) sums[1];
    }

    /** Mean alpha since the start, by cell. */
    Map<String, Double> alpha() {
        return mean(cells);
    }

    /** Means over the steps with pairs: λ times mean alpha, share of active hinges, ratio of the gradients' norms. */
    GateReport.Dose dose() {
        double steps = Math.max(1, guidedSteps);
        return new GateReport.Dose(doses / steps, active / steps, gradientRatios / steps);
    }

    static Map<String, Double> mean(Map<String, double[]> cells) {
        Map<String, Double> alpha = new LinkedHashMap<>();
        cells.forEach((name, sum) -> alpha.put(name, sum[0] / sum[1]));
        return alpha;
    }

    /** Steps with pairs and the sums over them, to be saved. */
    List<Double> guided() {
        return Numbers.of((double) guidedSteps, doses, active, gradientRatios);
    }

    /** Puts back what {@link #guided()} gave. */
    void guided(List<Double> saved) {
        guidedSteps = saved.get(0).longValue();
        doses = saved.get(1);
        active = saved.get(2);
        gradientRatios = saved.get(3);
    }
}
