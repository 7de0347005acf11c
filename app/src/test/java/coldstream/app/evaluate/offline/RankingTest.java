package coldstream.app.evaluate.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Ranks worked out by hand. */
final class RankingTest {

    /** Items 0 to 3 are taken before the test of user 0, whose item is 4; 5 to 14 are left. */
    private final LeaveOneOut split =
            SmallSplit.of(15, new int[] {0, 1, 2, 3, 4}, new int[] {5, 6, 7}, new int[] {14, 13, 12});

    @Test
    void comparesTheTestItemWithAllThatTheUserHadNotTaken() {
        Ranking ranking = rank(scores(4, 0.5, 5, 0.9, 6, 0.9, 7, 0.5, 0, 9, 1, 9));

        assertThat(ranking.auc()).as("of ten, two are higher, one ties").isEqualTo(7.5 / 10, within(1e-12));
        assertThat(ranking.hits()).isEqualTo(1);
        assertThat(ranking.gain()).as("rank 3.5").isEqualTo(1 / (Math.log(4.5) / Math.log(2)), within(1e-12));
    }

    @Test
    void whatIsLastIsNoHit() {
        Ranking ranking = rank(scores(4, -1));

        assertThat(ranking).isEqualTo(new Ranking(1, 0, 0, 0));
    }

    @Test
    void ranksTheSameUsersEachOnce() {
        assertThat(Ranking.users(split, 3)).containsExactlyInAnyOrder(0, 1, 2).isEqualTo(Ranking.users(split, 99));
        assertThat(Ranking.users(split, 2)).hasSize(2).isEqualTo(Arrays.copyOf(Ranking.users(split, 3), 2));
    }

    private Ranking rank(double[] scores) {
        Predictor predictor = questions -> questions.stream()
                .map(question ->
                        question.items().mapToDouble(item -> scores[item]).toArray())
                .toArray(double[][]::new);
        return Ranking.of(predictor, split, new int[] {0}, done -> {});
    }

    private static double[] scores(double... itemAndScore) {
        double[] scores = new double[15];
        for (int k = 0; k < itemAndScore.length; k += 2) {
            scores[(int) itemAndScore[k]] = itemAndScore[k + 1];
        }
        return scores;
    }
}
