package coldstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class AucTest {

    @Test
    void equalsTheShareOfPairsWonOnRandomScoresWithTies() {
        var random = new Random(1);
        for (int round = 0; round < 200; round++) {
            int distinct = 1 + random.nextInt(30);
            double[] positives = scores(random, 1 + random.nextInt(60), distinct);
            double[] negatives = scores(random, 1 + random.nextInt(60), distinct);

            assertThat(Auc.of(positives, negatives)).isEqualTo(shareOfPairsWon(positives, negatives), within(1e-12));
        }
    }

    @Test
    void positiveAndNegativeZeroAreATie() {
        assertThat(Auc.of(new double[] {-0.0}, new double[] {0.0})).isEqualTo(0.5);
        assertThat(Auc.of(new double[] {0.0}, new double[] {-0.0})).isEqualTo(0.5);
    }

    @Test
    void infiniteScoresHaveAPlace() {
        double[] positives = {Double.POSITIVE_INFINITY, 0};
        double[] negatives = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};

        assertThat(Auc.of(positives, negatives)).isEqualTo((1 + 0.5 + 1 + 0) / 4);
    }

    @Test
    void aScoreThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> Auc.of(new double[] {1}, new double[] {0, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a score must be a number, got NaN at 1");
    }

    @Test
    void withoutAPositiveOrANegativeThereIsNoArea() {
        assertThat(Auc.of(new double[0], new double[] {1})).isNaN();
        assertThat(Auc.of(new double[] {1}, new double[0])).isNaN();
    }

    @Test
    void countsMorePairsThanAnIntHolds() {
        double[] positives = new double[100_000];
        double[] negatives = new double[100_000];
        java.util.Arrays.fill(positives, 1);

        assertThat(Auc.of(positives, negatives)).isEqualTo(1.0);
        assertThat(Auc.of(negatives, positives)).isEqualTo(0.0);
    }

    private static double[] scores(Random random, int count, int distinct) {
        return random.ints(count, 0, distinct)
                .mapToDouble(value -> value / 7.0 - 2)
                .toArray();
    }

    /** The definition: every positive against every negative. */
    static double shareOfPairsWon(double[] positives, double[] negatives) {
        double won = 0;
        for (double positive : positives) {
            for (double negative : negatives) {
                won += positive > negative ? 1 : positive == negative ? 0.5 : 0;
            }
        }
        return won / positives.length / negatives.length;
    }
}
