package coldstream.evaluation;

import static coldstream.domain.Check.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Compares two arms that predicted the same events, by drawing users with replacement.
 *
 * <p>A user's rows come and go together, so what they have in common does not pass for evidence. Both arms see the same
 * draws; the interval is that of the difference, from the 2.5th to the 97.5th percentile of the draws. Several seeds of the
 * same events are averaged within each draw: they share its users, so they narrow the interval by what varies with the
 * seed, and no more.
 *
 * @param draws how often users are drawn
 * @param seed of the draws
 */
public record PairedBootstrap(int draws, long seed) {

    /** Two hundred draws. */
    public static final PairedBootstrap DEFAULT = new PairedBootstrap(200, 20_260_101);

    public PairedBootstrap {
        check(draws >= 40, "draws must be at least 40 for a 95 %% interval, got %d", draws);
    }

    /**
     * The differences by stratum; a stratum without both classes is left out.
     *
     * @param arm its scores, one element a seed
     * @param baseline in the order of {@code arm}'s seeds
     * @throws IllegalArgumentException if the two did not predict the same events in the same order
     */
    public Map<Stratum, PairedDifference> compare(List<EventScores> arm, List<EventScores> baseline) {
        check(!arm.isEmpty(), "there must be a seed to compare");
        check(arm.size() == baseline.size(), "seeds must match, got %d and %d", arm.size(), baseline.size());
        for (int index = 0; index < arm.size(); index++) {
            check(
                    arm.get(index).sameEventsAs(baseline.get(index))
                            && arm.get(index).users() == arm.get(0).users(),
                    "both arms must have predicted the same events, seed %d differs",
                    index);
        }
        int[][] weights = userWeights(arm.get(0).users());
        var differences = new EnumMap<Stratum, PairedDifference>(Stratum.class);
        for (Stratum stratum : Stratum.values()) {
            double difference = 0;
            for (int index = 0; index < arm.size(); index++) {
                difference += (arm.get(index).auc(stratum) - baseline.get(index).auc(stratum)) / arm.size();
            }
            if (!Double.isNaN(difference)) {
                differences.put(stratum, interval(stratum, difference, arm, baseline, weights));
            }
        }
        return differences;
    }

    private static PairedDifference interval(
            Stratum stratum, double difference, List<EventScores> arm, List<EventScores> baseline, int[][] weights) {
        double[] drawn = new double[weights.length];
        for (int index = 0; index < arm.size(); index++) {
            var ofArm = new WeightedAuc(arm.get(index).rows(stratum));
            var ofBaseline = new WeightedAuc(baseline.get(index).rows(stratum));
            for (int draw = 0; draw < drawn.length; draw++) {
                drawn[draw] += (ofArm.of(weights[draw]) - ofBaseline.of(weights[draw])) / arm.size();
            }
        }
        double[] sorted = Arrays.stream(drawn)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new PairedDifference(difference, quantile(sorted, 0.025), quantile(sorted, 0.975));
    }

    /** How often each user is drawn, by draw. */
    private int[][] userWeights(int users) {
        var random = new SplittableRandom(seed);
        var all = new ArrayList<int[]>(draws);
        for (int draw = 0; draw < draws; draw++) {
            int[] weights = new int[users];
            for (int user = 0; user < users; user++) {
                weights[random.nextInt(users)]++;
            }
            all.add(weights);
        }
        return all.toArray(int[][]::new);
    }

    /** The quantile with linear interpolation between order statistics; NaN of nothing. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
