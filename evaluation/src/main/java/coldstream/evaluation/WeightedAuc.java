package coldstream.evaluation;

import java.util.Comparator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Areas of the same rows under many weightings of their users: sorted once, then one walk a weighting.
 *
 * <p>Rows of one score form a block; blocks ascend.
 */
final class WeightedAuc implements ToDoubleFunction<int[]> {

    private final int[] users;
    private final boolean[] positive;
    private final boolean[] lastOfBlock;

    WeightedAuc(ScoreColumns rows) {
        int[] ascending = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingDouble(row -> rows.logit(row) + 0.0))
                .mapToInt(Integer::intValue)
                .toArray();
        users = new int[ascending.length];
        positive = new boolean[ascending.length];
        lastOfBlock = new boolean[ascending.length];
        for (int place = 0; place < ascending.length; place++) {
            int row = ascending[place];
            users[place] = rows.user(row);
            positive[place] = rows.positive(row);
            lastOfBlock[place] = place + 1 == ascending.length || rows.logit(ascending[place + 1]) > rows.logit(row);
        }
    }

    /**
     * The area when each row counts as often as its user.
     *
     * @param weights of the users, by index
     * @return NaN when no positive or no negative has a weight
     */
    @Override
    public double applyAsDouble(int[] weights) {
        long halfWins = 0;
        long positives = 0;
        long negatives = 0;
        long blockPositives = 0;
        long blockNegatives = 0;
        for (int place = 0; place < users.length; place++) {
            if (positive[place]) {
                blockPositives += weights[users[place]];
            } else {
                blockNegatives += weights[users[place]];
            }
            if (lastOfBlock[place]) {
                halfWins += blockPositives * (2 * negatives + blockNegatives);
                positives += blockPositives;
                negatives += blockNegatives;
                blockPositives = 0;
                blockNegatives = 0;
            }
        }
        return halfWins / 2.0 / positives / negatives;
    }
}
