package coldstream.monitor;

/**
 * Gives each value the normal score of its rank among the {@value #KEPT} before it, ties in the middle: values of any one
 * distribution, independent, become nearly standard normal ones.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177704374">Parent's sequential ranks</a>: ranks among all earlier values are
 *     independent
 */
final class RankScores {

    /** Values that are ranked among. */
    static final int KEPT = 256;

    /** In the order they came, the oldest at {@code next} once there are enough. */
    private final double[] values = new double[KEPT];

    /** The same, ascending. */
    private final double[] sorted = new double[KEPT];

    private int count;
    private int next;

    /** The value's score; it is among those that later ones are ranked among. */
    double next(double value) {
        int below = below(value);
        int upTo = below;
        while (upTo < count && sorted[upTo] == value) {
            upTo++;
        }
        double share = ((below + upTo) / 2.0 + 0.5) / (count + 1);
        remember(value, below);
        return share < 0.5 ? -Normal.quantile(share) : Normal.quantile(1 - share);
    }

    /** Values that are less. */
    private int below(double value) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Puts a value in its place, and the oldest out of its own. */
    private void remember(double value, int place) {
        if (count < KEPT) {
            System.arraycopy(sorted, place, sorted, place + 1, count++ - place);
            sorted[place] = value;
        } else {
            int left = below(values[next]);
            if (left < place) {
                System.arraycopy(sorted, left + 1, sorted, left, place - 1 - left);
                sorted[place - 1] = value;
            } else {
                System.arraycopy(sorted, place, sorted, place + 1, left - place);
                sorted[place] = value;
            }
        }
        values[next] = value;
        next = (next + 1) % KEPT;
    }

    /** Values ranked among. */
    int count() {
        return count;
    }
}
