package coldstream.evaluation.paired;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Definitions, written down as loops over pairs of rows; shares no code with what it checks. */
final class PairsCounted {

    private PairsCounted() {}

    static double area(List<Judged> events, Function<Judged, float[]> logits) {
        double wins = 0;
        double pairs = 0;
        for (Judged up : events) {
            for (Judged down : events) {
                for (int k = 1; k < logits.apply(down).length; k++) {
                    wins += win(logits.apply(up)[0], logits.apply(down)[k]);
                    pairs++;
                }
            }
        }
        return wins / pairs;
    }

    private static double win(double positive, double negative) {
        return positive > negative ? 1 : positive == negative ? 0.5 : 0;
    }

    /**
     * Obuchowski's (1997) variance of a difference of areas, all three sums with the same correction for the number of
     * clusters: Σ over users of (sum of the user's X components / P + sum of its Y components / N)², centred, differences of
     * the arms.
     */
    static double error(List<Judged> events) {
        Map<String, Double> byUser = new HashMap<>();
        add(byUser, events, Judged::arm, 1);
        add(byUser, events, Judged::baseline, -1);
        double users = byUser.size();
        double squares = 0;
        for (double value : byUser.values()) {
            squares += value * value;
        }
        return Math.sqrt(users / (users - 1) * squares);
    }

    private static void add(
            Map<String, Double> byUser, List<Judged> events, Function<Judged, float[]> logits, double sign) {
        double area = area(events, logits);
        int positives = events.size();
        int negatives = 0;
        for (Judged event : events) {
            negatives += logits.apply(event).length - 1;
        }
        for (Judged event : events) {
            double own = 0;
            for (Judged other : events) {
                for (int k = 1; k < logits.apply(other).length; k++) {
                    own += win(logits.apply(event)[0], logits.apply(other)[k]);
                }
            }
            double component = (own / negatives - area) / positives;
            for (int k = 1; k < logits.apply(event).length; k++) {
                double above = 0;
                for (Judged other : events) {
                    above += win(logits.apply(other)[0], logits.apply(event)[k]);
                }
                component += (above / positives - area) / negatives;
            }
            byUser.merge(event.user(), sign * component, Double::sum);
        }
    }
}
