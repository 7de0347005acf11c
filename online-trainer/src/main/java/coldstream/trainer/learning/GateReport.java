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
 * @param dose how strongly the backbone was guided since the start
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
        Dose dose,
        Map<String, Double> residual) {

    /**
     * Means over the steps that trained pairs or points.
     *
     * @param effective lambda times the mean alpha
     * @param activeHinges share of the pairs whose hinge pulled
     * @param gradientRatio norm of the dense gradient of the weighted pair loss over that of the recommendation loss
     */
    public record Dose(double effective, double activeHinges, double gradientRatio) {

        public static final Dose NONE = new Dose(0, 0, 0);
    }

    public GateReport {
        w = List.copyOf(w);
        alpha = Map.copyOf(alpha);
        residual = Map.copyOf(residual);
    }
}
