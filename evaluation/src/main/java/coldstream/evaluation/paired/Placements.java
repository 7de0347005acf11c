package coldstream.evaluation.paired;

import java.util.Arrays;

/**
 * The exact area under the ROC curve, and how much each user's rows moved it.
 *
 * <p>A positive's placement V is the share of the negatives below it, a negative's W the share of the positives above it, ties
 * counting half. With P positives and N negatives and the area A, the mean of either,
 *
 * <pre>
 * ψ<sub>u</sub> = Σ<sub>positives of u</sub> (V − A) / P + Σ<sub>negatives of u</sub> (W − A) / N
 * </pre>
 *
 * is user u's influence; the influences sum to 0.
 *
 * @see <a href="https://doi.org/10.2307/2531595">DeLong, DeLong and Clarke-Pearson, 1988</a>
 * @see <a href="https://doi.org/10.2307/2533958">Obuchowski, 1997, section 2, for rows that come in clusters</a>
 */
final class Placements {

    /** NaN without a positive or without a negative. */
    final double area;

    /** ψ by user. */
    final double[] influence;

    /** @param users of the rows, from 0 to before {@code userCount} */
    Placements(float[] logits, boolean[] positive, int[] users, int userCount) {
        long[] ascending = ascending(logits);
        long positives = 0;
        for (boolean is : positive) {
            positives += is ? 1 : 0;
        }
        long negatives = positive.length - positives;
        double[] placements = new double[logits.length];
        long positivesBelow = 0;
        long negativesBelow = 0;
        double sum = 0;
        for (int from = 0; from < ascending.length; ) {
            int to = from;
            long tiedPositives = 0;
            long tiedNegatives = 0;
            while (to < ascending.length && ascending[to] >> 32 == ascending[from] >> 32) {
                if (positive[(int) ascending[to]]) {
                    tiedPositives++;
                } else {
                    tiedNegatives++;
                }
                to++;
            }
            double below = (negativesBelow + tiedNegatives / 2.0) / negatives;
            double above = (positives - positivesBelow - tiedPositives / 2.0) / positives;
            for (int place = from; place < to; place++) {
                int row = (int) ascending[place];
                placements[row] = positive[row] ? below : above;
            }
            sum += tiedPositives * below;
            positivesBelow += tiedPositives;
            negativesBelow += tiedNegatives;
            from = to;
        }
        area = negatives == 0 || positives == 0 ? Double.NaN : sum / positives;
        influence = new double[userCount];
        for (int row = 0; row < logits.length; row++) {
            influence[users[row]] += (placements[row] - area) / (positive[row] ? positives : negatives);
        }
    }

    /** Rows by logit: the logit's place among floats in the upper half of a number, the row in the lower. */
    private static long[] ascending(float[] logits) {
        long[] ascending = new long[logits.length];
        for (int row = 0; row < logits.length; row++) {
            int bits = Float.floatToIntBits(logits[row] + 0.0f); // −0 becomes 0: the two tie
            int ordered = bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
            ascending[row] = (long) ordered << 32 | row;
        }
        Arrays.sort(ascending);
        return ascending;
    }
}
