package coldstream.app.evaluate.worlds;

import coldstream.evaluation.Auc;
import coldstream.model.Draws;
import coldstream.trainer.learning.gate.Gate;
import coldstream.trainer.learning.gate.Signals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * How well a student came to predict the items kept for the test.
 *
 * @param areas pooled AUC of the kept item against five random ones: of all users, of cold ones, of warm ones, of those whose
 *     kept item is in the tail; and {@code full}, the mean over users of the share of items not taken that rank below it
 * @param alphas of an item whose q is 0.9, by cell: warm head, warm tail, cold head, cold tail
 * @param dose weight · mean alpha over all pairs
 */
record Outcome(Map<String, Double> areas, List<Double> alphas, double dose) {

    static final List<String> AREAS = List.of("pooled", "cold", "warm", "tail", "full");

    private static final int NEGATIVES = 5;
    private static final double Q = 0.9;

    static Outcome of(World world, Student student, Gate gate, double dose) {
        Draws draws = Draws.of(7, "test");
        double[] positives = new double[world.users];
        double[][] negatives = new double[world.users][NEGATIVES];
        for (int user = 0; user < world.users; user++) {
            positives[user] = student.logit(user, world.held[user]);
            for (int k = 0; k < NEGATIVES; k++) {
                negatives[user][k] = student.logit(user, draws.below(world.items));
            }
        }
        Map<String, Double> areas = new LinkedHashMap<>();
        areas.put("pooled", area(positives, negatives, user -> true));
        areas.put("cold", area(positives, negatives, world::cold));
        areas.put("warm", area(positives, negatives, user -> !world.cold(user)));
        areas.put("tail", area(positives, negatives, user -> world.tail[world.held[user]]));
        areas.put("full", full(world, student, positives));
        List<Double> alphas = new ArrayList<>();
        for (boolean cold : new boolean[] {false, true}) {
            for (Signals.Kind kind : List.of(Signals.Kind.HEAD, Signals.Kind.TAIL)) {
                alphas.add(gate.alpha(new Signals(cold, kind, Q)));
            }
        }
        return new Outcome(areas, List.copyOf(alphas), dose);
    }

    private static double area(double[] positives, double[][] negatives, IntPredicate counts) {
        List<Double> high = new ArrayList<>();
        List<Double> low = new ArrayList<>();
        for (int user = 0; user < positives.length; user++) {
            if (counts.test(user)) {
                high.add(positives[user]);
                for (double negative : negatives[user]) {
                    low.add(negative);
                }
            }
        }
        return Auc.of(array(high), array(low));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double full(World world, Student student, double[] positives) {
        double sum = 0;
        for (int user = 0; user < world.users; user++) {
            double below = 0;
            int others = 0;
            for (int item = 0; item < world.items; item++) {
                if (item != world.held[user] && !world.took(user, item)) {
                    double logit = student.logit(user, item);
                    below += logit < positives[user] ? 1 : logit == positives[user] ? 0.5 : 0;
                    others++;
                }
            }
            sum += below / others;
        }
        return sum / world.users;
    }
}
