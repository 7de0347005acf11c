package coldstream.app.evaluate.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.app.evaluate.offline.Predictor.Question;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Against the problem EASE solves in closed form, solved column by column without the closed form: ridge regression of one
 * item on all the others, by elimination.
 */
final class EaseTest {

    private static final int USERS = 40;
    private static final int ITEMS = 12;
    private static final double RIDGE = 3;

    private final int[][] taken = taken();
    private final LeaveOneOut split = SmallSplit.of(ITEMS, taken);
    private final Ease ease = new Ease(split, RIDGE);

    @Test
    void weightsAreTheRidgeRegressionOfEachItemOnTheOthers() {
        boolean negative = false;
        for (int to = 0; to < ITEMS; to++) {
            double[] regression = regression(to);
            for (int from = 0; from < ITEMS; from++) {
                assertThat(ease.weight(from, to)).isEqualTo(regression[from], within(1e-10));
                negative |= ease.weight(from, to) < -0.01;
            }
        }
        assertThat(negative).as("what speaks against an item counts").isTrue();
    }

    @Test
    void scoresAddTheWeightsOfWhatWasTakenBefore() {
        int[] all = IntStream.range(0, ITEMS).toArray();
        for (int user = 0; user < USERS; user++) {
            int place = taken[user].length - 1;
            double[] scores = ease.scores(List.of(new Question(user, place, all)))[0];
            for (int to = 0; to < ITEMS; to++) {
                double sum = 0;
                for (int k = 0; k < place; k++) {
                    sum += ease.weight(taken[user][k], to);
                }
                assertThat(scores[to]).isEqualTo(sum, within(1e-12));
                assertThat(ease.scores(List.of(new Question(user, place, new int[] {to})))[0][0])
                        .isEqualTo(sum, within(1e-12));
            }
        }
    }

    @Test
    void whatIsKeptFromTrainingChangesNoWeight() {
        int[][] other = taken();
        for (int[] own : other) {
            own[own.length - 1] = (own[own.length - 1] + 5) % ITEMS;
            own[own.length - 2] = (own[own.length - 2] + 3) % ITEMS;
        }
        Ease again = new Ease(SmallSplit.of(ITEMS, other), RIDGE);
        for (int from = 0; from < ITEMS; from++) {
            for (int to = 0; to < ITEMS; to++) {
                assertThat(again.weight(from, to)).isEqualTo(ease.weight(from, to));
            }
        }
    }

    private static int[][] taken() {
        var random = new SplittableRandom(4);
        int[][] taken = new int[USERS][];
        for (int user = 0; user < USERS; user++) {
            int group = user % 2;
            taken[user] = random.ints(0, ITEMS)
                    .filter(item -> item % 2 == group || random.nextInt(6) == 0)
                    .distinct()
                    .limit(5)
                    .toArray();
        }
        return taken;
    }

    /** argmin over b of the sum over users of (x_to − Σ b_from x_from)² + λ Σ b², without b_to. */
    private double[] regression(int to) {
        double[][] equations = new double[ITEMS][ITEMS + 1];
        for (int item = 0; item < ITEMS; item++) {
            equations[item][item] = RIDGE;
        }
        for (int[] own : taken) {
            int[] x = new int[ITEMS];
            for (int place = 0; place < own.length - 2; place++) {
                x[own[place]] = 1;
            }
            for (int a = 0; a < ITEMS; a++) {
                for (int b = 0; b < ITEMS; b++) {
                    equations[a][b] += a == to || b == to ? 0 : x[a] * x[b];
                }
                equations[a][ITEMS] += a == to ? 0 : x[a] * x[to];
            }
        }
        for (int pivot = 0; pivot < ITEMS; pivot++) {
            for (int row = 0; row < ITEMS; row++) {
                double factor = row == pivot ? 0 : equations[row][pivot] / equations[pivot][pivot];
                for (int column = 0; column <= ITEMS; column++) {
                    equations[row][column] -= factor * equations[pivot][column];
                }
            }
        }
        return IntStream.range(0, ITEMS)
                .mapToDouble(item -> equations[item][ITEMS] / equations[item][item])
                .toArray();
    }
}
