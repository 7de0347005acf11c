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
 * draws; the interval is that of the difference, from the 2.5th to the 97.5th percentile of the draws. Where the arms ran
 * with several seeds, the seeds are drawn with replacement too: two trainings differ a little by chance alone, most in small
 * strata, and one seed cannot tell that from a difference between the arms.
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
        List<Draw> drawn = draws(arm.get(0).users(), arm.size());
        var differences = new EnumMap<Stratum, PairedDifference>(Stratum.class);
        for (Stratum stratum : Stratum.values()) {
            double difference = 0;
            for (int index = 0; index < arm.size(); index++) {
                difference += (arm.get(index).auc(stratum) - baseline.get(index).auc(stratum)) / arm.size();
            }
            if (!Double.isNaN(difference)) {
                differences.put(stratum, interval(stratum, difference, arm, baseline, drawn));
            }
        }
        return differences;
    }

    private static PairedDifference interval(
            Stratum stratum, double difference, List<EventScores> arm, List<EventScores> baseline, List<Draw> draws) {
        double[] drawn = new double[draws.size()];
        for (int index = 0; index < arm.size(); index++) {
            var ofArm = new WeightedAuc(arm.get(index).rows(stratum));
            var ofBaseline = new WeightedAuc(baseline.get(index).rows(stratum));
            for (int k = 0; k < drawn.length; k++) {
                Draw draw = draws.get(k);
                if (draw.seeds[index] > 0) {
                    double found = ofArm.of(draw.users) - ofBaseline.of(draw.users);
                    drawn[k] += found * draw.seeds[index] / arm.size();
                }
            }
        }
        double[] sorted = Arrays.stream(drawn)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new PairedDifference(difference, quantile(sorted, 0.025), quantile(sorted, 0.975));
    }

    /** How often each user and each seed is drawn. */
    private static final class Draw {
        private final int[] users;
        private final int[] seeds;

        Draw(int[] users, int[] seeds) {
            this.users = users;
            this.seeds = seeds;
        }
    }

    private List<Draw> draws(int users, int seeds) {
        var random = new SplittableRandom(seed);
        List<Draw> all = new ArrayList<>(draws);
        for (int draw = 0; draw < draws; draw++) {
            all.add(new Draw(weights(users, random), weights(seeds, random)));
        }
        return all;
    }

    private static int[] weights(int size, SplittableRandom random) {
        int[] weights = new int[size];
        for (int k = 0; k < size; k++) {
            weights[random.nextInt(size)]++;
        }
        return weights;
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
