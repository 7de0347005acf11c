package coldstream.app.evaluate.offline;

import coldstream.app.evaluate.offline.LeaveOneOut.Sequence;
import coldstream.app.evaluate.offline.Predictor.Question;
import coldstream.model.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The test item among the whole catalogue without what the user took before, mean over users. Equal scores share their ranks.
 *
 * @param users ranked
 * @param auc share of the others that score lower, ties half
 * @param hits share of users whose test item is among the first ten
 * @param gain NDCG of the first ten: 1 / log2(rank + 1), 0 beyond
 */
record Ranking(int users, double auc, double hits, double gain) {

    private static final int FIRST = 10;

    /** The users a seed that belongs to nothing else picks; the same for every arm. */
    static int[] users(LeaveOneOut split, int most) {
        int[] tested = split.tested();
        Draws draws = Draws.of(0, "ranked users");
        for (int k = 0; k < Math.min(most, tested.length); k++) {
            int other = k + draws.below(tested.length - k);
            int swapped = tested[k];
            tested[k] = tested[other];
            tested[other] = swapped;
        }
        return Arrays.copyOf(tested, Math.min(most, tested.length));
    }

    /** @param progress told how many users are ranked */
    static Ranking of(Predictor predictor, LeaveOneOut split, int[] users, IntConsumer progress) {
        double auc = 0;
        double hits = 0;
        double gain = 0;
        for (int k = 0; k < users.length; k++) {
            double[] ranked = rank(predictor, split, users[k]);
            auc += ranked[0] / users.length;
            if (ranked[1] <= FIRST) {
                hits += 1.0 / users.length;
                gain += Math.log(2) / Math.log(ranked[1] + 1) / users.length;
            }
            progress.accept(k + 1);
        }
        return new Ranking(users.length, auc, hits, gain);
    }

    /** Area and rank of a user's test item. */
    private static double[] rank(Predictor predictor, LeaveOneOut split, int user) {
        Sequence sequence = split.user(user);
        int place = sequence.test();
        int own = sequence.item(place);
        boolean[] taken = new boolean[split.items().size()];
        for (int item : sequence.taken(place)) {
            taken[item] = true;
        }
        int[] others = IntStream.range(0, taken.length)
                .filter(item -> !taken[item] && item != own)
                .toArray();
        int[] asked = IntStream.concat(IntStream.of(own), Arrays.stream(others)).toArray();
        double[] scores = predictor.scores(List.of(new Question(user, place, asked)))[0];
        long halvesAbove = 0;
        for (int k = 1; k < scores.length; k++) {
            halvesAbove += scores[k] > scores[0] ? 2 : scores[k] == scores[0] ? 1 : 0;
        }
        double above = halvesAbove / 2.0;
        return new double[] {1 - above / others.length, 1 + above};
    }
}
