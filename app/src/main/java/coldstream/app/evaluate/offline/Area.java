package coldstream.app.evaluate.offline;

import java.util.Arrays;

/**
 * An area under the ROC curve with each user's influence on it, by DeLong, DeLong and Clarke-Pearson (1988): a positive's
 * placement is the share of negatives below it (ties half), a negative's the share of positives above. The area is the mean
 * placement; what a user's two rows deviate from it, over the rows of their class, is the user's influence, and the sum of
 * the squared influences the area's variance. Influences of two areas of the same users can be subtracted.
 *
 * @see #of
 */
final class Area {

    private final int positives;
    private final int negatives;
    private final double value;
    private final double[] influence;

    private Area(int positives, int negatives, double value, double[] influence) {
        this.positives = positives;
        this.negatives = negatives;
        this.value = value;
        this.influence = influence;
    }

    /**
     * From one positive and one negative row of each user.
     *
     * @param positives scores, by user
     * @param positiveIn which of them count
     * @param negatives scores, by user
     * @param negativeIn which of them count
     */
    static Area of(double[] positives, boolean[] positiveIn, double[] negatives, boolean[] negativeIn) {
        double[] high = sorted(positives, positiveIn);
        double[] low = sorted(negatives, negativeIn);
        double[] influence = new double[positives.length];
        if (high.length == 0 || low.length == 0) {
            return new Area(high.length, low.length, Double.NaN, influence);
        }
        double value = 0;
        for (double score : high) {
            value += below(low, score) / high.length;
        }
        for (int user = 0; user < influence.length; user++) {
            if (positiveIn[user]) {
                influence[user] += (below(low, positives[user]) - value) / high.length;
            }
            if (negativeIn[user]) {
                influence[user] += (1 - below(high, negatives[user]) - value) / low.length;
            }
        }
        return new Area(high.length, low.length, value, influence);
    }

    private static double[] sorted(double[] scores, boolean[] in) {
        double[] some = new double[scores.length];
        int count = 0;
        for (int k = 0; k < scores.length; k++) {
            coldstream.domain.Check.check(!Double.isNaN(scores[k]), "a score must be a number, got NaN at %d", k);
            if (in[k]) {
                some[count++] = scores[k] + 0.0; // −0 made 0, for to sort tells them apart
            }
        }
        double[] sorted = Arrays.copyOf(some, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The share of the sorted scores below this one, ties half. */
    private static double below(double[] sorted, double score) {
        return (first(sorted, score, false) + first(sorted, score, true)) / 2.0 / sorted.length;
    }

    /** The first place whose score is not below (or is above) this one. */
    private static int first(double[] sorted, double score, boolean above) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean before = above ? sorted[middle] <= score : sorted[middle] < score;
            low = before ? middle + 1 : low;
            high = before ? high : middle;
        }
        return low;
    }

    int positives() {
        return positives;
    }

    int negatives() {
        return negatives;
    }

    /** NaN without a positive or without a negative. */
    double value() {
        return value;
    }

    /** By user. */
    double influence(int user) {
        return influence[user];
    }

    int users() {
        return influence.length;
    }
}
