package coldstream.trainer.learning;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What has been done so far. */
final class Counters {

    long steps;
    long samples;
    long pairs;
    long goldComparisons;

    /** By cell: sum of alphas, pairs. */
    final TreeMap<String, double[]> cells = new TreeMap<>();

    void count(PairTrainer.Outcome outcome, int golds) {
        pairs += outcome.pairs();
        goldComparisons += golds;
        for (Map.Entry<String, double[]> cell : outcome.cells().entrySet()) {
            double[] sum = cells.computeIfAbsent(cell.getKey(), name -> new double[2]);
            sum[0] += cell.getValue()[0];
            sum[1] += cell.getValue()[1];
        }
    }

    /** Mean alpha since the start, by cell. */
    Map<String, Double> alpha() {
        return mean(cells);
    }

    static Map<String, Double> mean(Map<String, double[]> cells) {
        Map<String, Double> alpha = new LinkedHashMap<>();
        cells.forEach((name, sum) -> alpha.put(name, sum[0] / sum[1]));
        return alpha;
    }
}
