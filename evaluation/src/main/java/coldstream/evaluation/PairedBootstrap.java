package coldstream.evaluation;

import static coldstream.domain.Check.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Compares two arms that predicted the same events, by drawing users with replacement.
 *
 * <p>A user's rows come and go together, so what they have in common does not pass for evidence. Every run sees the same
 * draws, so each run's areas under them ({@link RunAreas}) are all that a comparison needs; the interval is that of the
 * difference, from the 2.5th to the 97.5th percentile of the draws. Where the arms ran with several seeds, the seeds are
 * drawn with replacement too: two trainings differ a little by chance alone, most in small strata, and one seed cannot tell
 * that from a difference between the arms.
 *
 * @param draws how often users are drawn
 * @param seed of the draws
 */
public record PairedBootstrap(int draws, long seed) {

    /** Two hundred draws. */
    public static final PairedBootstrap DEFAULT = new PairedBootstrap(200, 20_260_101);

    private static final long SEEDS_APART = 0x5EED;

    public PairedBootstrap {
        check(draws >= 40, "draws must be at least 40 for a 95 %% interval, got %d", draws);
    }

    /** A quantity of a run under each draw of users, in the order of draws. */
    List<Double> drawn(int users, ToDoubleFunction<int[]> ofWeights) {
        var random = new SplittableRandom(seed);
        List<Double> found = new ArrayList<>(draws);
        for (int draw = 0; draw < draws; draw++) {
            found.add(ofWeights.applyAsDouble(weights(users, random)));
        }
        return found;
    }

    /** How often each seed is drawn, in the order of draws. */
    private List<int[]> seedWeights(int seeds) {
        var random = new SplittableRandom(seed ^ SEEDS_APART);
        List<int[]> found = new ArrayList<>(draws);
        for (int draw = 0; draw < draws; draw++) {
            found.add(weights(seeds, random));
        }
        return found;
    }

    private static int[] weights(int size, SplittableRandom random) {
        int[] weights = new int[size];
        for (int k = 0; k < size; k++) {
            weights[random.nextInt(size)]++;
        }
        return weights;
    }

    /**
     * The differences by {@link Stratum#key()}; a stratum that a run lacks is left out.
     *
     * @param arm one element a seed
     * @param baseline in the order of {@code arm}'s seeds
     * @throws IllegalArgumentException if the two did not predict the same events in the same order
     */
    public Map<String, PairedDifference> compare(List<RunAreas> arm, List<RunAreas> baseline) {
        check(!arm.isEmpty(), "there must be a seed to compare");
        check(arm.size() == baseline.size(), "seeds must match, got %d and %d", arm.size(), baseline.size());
        for (int index = 0; index < arm.size(); index++) {
            check(
                    arm.get(index).events().equals(arm.get(0).events())
                            && baseline.get(index).events().equals(arm.get(0).events()),
                    "both arms must have predicted the same events, seed %d differs",
                    index);
        }
        return differences(arm, baseline);
    }

    /**
     * As {@link #compare}, where every element is of a stream of its own: another seed is another shop with other customers,
     * so users are drawn within each stream, and streams with replacement.
     *
     * @throws IllegalArgumentException if the two of a stream did not predict the same events in the same order
     */
    public Map<String, PairedDifference> compareStreams(List<RunAreas> arm, List<RunAreas> baseline) {
        check(!arm.isEmpty(), "there must be a stream to compare");
        check(arm.size() == baseline.size(), "streams must match, got %d and %d", arm.size(), baseline.size());
        for (int index = 0; index < arm.size(); index++) {
            check(
                    arm.get(index).events().equals(baseline.get(index).events()),
                    "both arms must have predicted the same events, stream %d differs",
                    index);
        }
        return differences(arm, baseline);
    }

    private Map<String, PairedDifference> differences(List<RunAreas> arm, List<RunAreas> baseline) {
        List<int[]> seeds = seedWeights(arm.size());
        Map<String, PairedDifference> differences = new LinkedHashMap<>();
        for (Stratum stratum : Stratum.values()) {
            String key = stratum.key();
            List<AreaDraws> ofArm = of(arm, key);
            List<AreaDraws> ofBaseline = of(baseline, key);
            if (ofArm.size() == arm.size() && ofBaseline.size() == arm.size()) {
                differences.put(key, interval(ofArm, ofBaseline, seeds));
            }
        }
        return differences;
    }

    private static List<AreaDraws> of(List<RunAreas> runs, String stratum) {
        return runs.stream()
                .map(run -> run.strata().get(stratum))
                .filter(Objects::nonNull)
                .toList();
    }

    private PairedDifference interval(List<AreaDraws> arm, List<AreaDraws> baseline, List<int[]> seeds) {
        double difference = 0;
        double[] drawn = new double[draws];
        for (int index = 0; index < arm.size(); index++) {
            AreaDraws ofArm = arm.get(index);
            AreaDraws ofBaseline = baseline.get(index);
            difference += (ofArm.area() - ofBaseline.area()) / arm.size();
            for (int draw = 0; draw < draws; draw++) {
                int weight = seeds.get(draw)[index];
                if (weight > 0) {
                    double found = ofArm.drawn().get(draw) - ofBaseline.drawn().get(draw);
                    drawn[draw] += found * weight / arm.size();
                }
            }
        }
        double[] sorted = Arrays.stream(drawn)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new PairedDifference(difference, quantile(sorted, 0.025), quantile(sorted, 0.975));
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
