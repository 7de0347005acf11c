package coldstream.scorer.model;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import java.util.ArrayList;
import java.util.List;

/**
 * How a score hangs on where its candidate stood. Candidates stand in random order, so without bias every position has the same
 * mean.
 *
 * <p>{@code coldstream_llm_position_score} is the score by position: 1 to 20, and {@code later}. {@code
 * coldstream_llm_position_bias} is the greatest less the least mean over the positions, of scores less their list's mean, an old
 * list counting half after 1,400 newer ones; 0 until 30 lists were seen.
 */
final class PositionBias {

    /** Positions told apart; those after them are one. */
    static final int POSITIONS = 20;

    private static final double DECAY = 1 - 1 / 2_000.0;
    private static final int ENOUGH = 30;

    private final List<DistributionSummary> scores = new ArrayList<>();
    private final double[] sums = new double[POSITIONS + 1];
    private final double[] weights = new double[POSITIONS + 1];
    private int lists;

    PositionBias(ModelMetrics metrics) {
        for (int position = 0; position <= POSITIONS; position++) {
            scores.add(DistributionSummary.builder("coldstream.llm.position.score")
                    .description("Scores by the position at which a candidate was shown")
                    .tag("position", position < POSITIONS ? Integer.toString(position + 1) : "later")
                    .register(metrics.meters()));
        }
        Gauge.builder("coldstream.llm.position.bias", this, PositionBias::spread)
                .description("Greatest less least mean score over the positions, lists centred")
                .register(metrics.meters());
    }

    /** @param shown scores in the order shown; NaN where there is none */
    void observe(List<Double> shown) {
        double mean = shown.stream()
                .mapToDouble(Double::doubleValue)
                .filter(score -> !Double.isNaN(score))
                .average()
                .orElse(0);
        synchronized (this) {
            lists++;
            for (int i = 0; i < sums.length; i++) {
                sums[i] *= DECAY;
                weights[i] *= DECAY;
            }
            for (int i = 0; i < shown.size(); i++) {
                double score = shown.get(i);
                if (!Double.isNaN(score)) {
                    int position = Math.min(i, POSITIONS);
                    scores.get(position).record(score);
                    sums[position] += score - mean;
                    weights[position]++;
                }
            }
        }
    }

    synchronized double spread() {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < sums.length; i++) {
            if (weights[i] > 0) {
                least = Math.min(least, sums[i] / weights[i]);
                greatest = Math.max(greatest, sums[i] / weights[i]);
            }
        }
        return lists < ENOUGH ? 0 : greatest - least;
    }
}
