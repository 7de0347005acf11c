package coldstream.trainer.learning;

import java.util.List;
import java.util.Map;

/**
 * Where the guidance stands.
 *
 * @param mode of the gate
 * @param w weights of cold, tail and uncertainty
 * @param b bias
 * @param alpha mean alpha since the start by cell: cold_tail, cold_head, warm_tail, warm_head
 * @param goldComparisons so far
 * @param pairs trained so far
 * @param residual how far the residual adds the signal, by length of history and kind of item, such as
 *     history_10_tail
 */
public record GateReport(
        String mode,
        List<Double> w,
        double b,
        Map<String, Double> alpha,
        long goldComparisons,
        long pairs,
        Map<String, Double> residual) {

    public GateReport {
        w = List.copyOf(w);
        alpha = Map.copyOf(alpha);
        residual = Map.copyOf(residual);
    }
}
