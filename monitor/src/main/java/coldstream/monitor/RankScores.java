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

    private final double[] values = new double[KEPT];
    private int count;
    private int next;

    /** The value's score; it is among those that later ones are ranked among. */
    double next(double value) {
        int below = 0;
        int upTo = 0;
        for (int k = 0; k < count; k++) {
            below += values[k] < value ? 1 : 0;
            upTo += values[k] <= value ? 1 : 0;
        }
        double share = ((below + upTo) / 2.0 + 0.5) / (count + 1);
        values[next] = value;
        next = (next + 1) % KEPT;
        count = Math.min(KEPT, count + 1);
        return share < 0.5 ? -Normal.quantile(share) : Normal.quantile(1 - share);
    }

    /** Values ranked among. */
    int count() {
        return count;
    }
}
