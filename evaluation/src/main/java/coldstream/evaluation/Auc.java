package coldstream.evaluation;

import static coldstream.domain.Check.check;

import java.util.Arrays;

/**
 * The exact area under the ROC curve: the chance that a positive scores above a negative, ties counting half.
 *
 * <p>Counted in whole half-wins, so no rounding enters before the one division at the end.
 */
public final class Auc {

    private Auc() {}

    /**
     * The area for the scores of the positives and of the negatives, in any order; NaN if either is empty.
     *
     * @throws IllegalArgumentException if a score is NaN
     */
    public static double of(double[] positives, double[] negatives) {
        double[] high = sorted(positives);
        double[] low = sorted(negatives);
        if (high.length == 0 || low.length == 0) {
            return Double.NaN;
        }
        long halfWins = 0;
        int below = 0;
        int notAbove = 0;
        for (double score : high) {
            while (below < low.length && low[below] < score) {
                below++;
            }
            notAbove = Math.max(notAbove, below);
            while (notAbove < low.length && low[notAbove] <= score) {
                notAbove++;
            }
            halfWins += (long) below + notAbove;
        }
        return halfWins / 2.0 / high.length / low.length;
    }

    /** Sorted with −0 made 0, because {@link Arrays#sort(double[])} tells them apart and a tie must not. */
    private static double[] sorted(double[] scores) {
        double[] copy = new double[scores.length];
        for (int index = 0; index < scores.length; index++) {
            check(!Double.isNaN(scores[index]), "a score must be a number, got NaN at %d", index);
            copy[index] = scores[index] + 0.0;
        }
        Arrays.sort(copy);
        return copy;
    }
}
