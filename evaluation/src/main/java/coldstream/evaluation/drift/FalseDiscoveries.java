package coldstream.evaluation.drift;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Many tests at once. Where nothing changed, calling an alarm what {@link #adjusted} puts at q or below gives a round with a
 * false alarm with a chance of at most q; so with r rounds a day q = a / r allows a false alarms a day.
 *
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1995.tb02031.x">Benjamini and Hochberg, 1995</a>
 */
public final class FalseDiscoveries {

    private FalseDiscoveries() {}

    /** By place, the least false discovery rate at which the test would be called an alarm: min over ranks ≥ its own of p m / rank. */
    public static double[] adjusted(double[] chances) {
        int[] order = IntStream.range(0, chances.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> chances[k]))
                .mapToInt(k -> k)
                .toArray();
        double[] adjusted = new double[chances.length];
        double least = 1;
        for (int rank = chances.length; rank >= 1; rank--) {
            int test = order[rank - 1];
            least = Math.min(least, chances[test] * chances.length / rank);
            adjusted[test] = least;
        }
        return adjusted;
    }
}
