package coldstream.app.evaluate.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.evaluation.PairedDifference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Areas against every pair compared; intervals against what they claim to be: the spread over new samples of users and seeds.
 */
final class AreaTest {

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void isTheShareOfPairsInOrderWithTiesHalf() {
        for (int draw = 0; draw < 200; draw++) {
            int users = 1 + random.nextInt(30);
            double[] own = random.doubles(users).map(x -> Math.floor(6 * x) - 2).toArray();
            double[] other =
                    random.doubles(users).map(x -> -(Math.floor(6 * x) - 2)).toArray();
            boolean[] ownIn = some(users);
            boolean[] otherIn = some(users);
            double won = 0;
            int pairs = 0;
            for (int a = 0; a < users; a++) {
                for (int b = 0; b < users; b++) {
                    if (ownIn[a] && otherIn[b]) {
                        pairs++;
                        won += own[a] > other[b] ? 1 : own[a] == other[b] ? 0.5 : 0;
                    }
                }
            }
            Area area = Area.of(own, ownIn, other, otherIn);
            assertThat(area.value()).isEqualTo(pairs == 0 ? Double.NaN : won / pairs, within(1e-12));
        }
    }

    @Test
    void refusesAScoreThatIsNoNumber() {
        boolean[] in = {true};
        assertThatThrownBy(() -> Area.of(new double[] {Double.NaN}, in, new double[] {1}, in))
                .hasMessageContaining("got NaN at 0");
    }

    /** 400 worlds: users, seeds and noise are all drawn anew; nineteen of twenty intervals must hold the true difference. */
    @Test
    void nineteenOfTwentyIntervalsHoldTheTrueDifference() {
        double truth = difference(200_000, 1, 0).difference();
        int held = 0;
        double width = 0;
        for (int world = 0; world < 400; world++) {
            PairedDifference found = difference(150, 5, 0.1);
            held += found.low() <= truth && truth <= found.high() ? 1 : 0;
            width += (found.high() - found.low()) / 400;
        }
        assertThat(held / 400.0).isBetween(0.925, 0.995);
        assertThat(width).as("and are not wide for nothing").isLessThan(0.11);
    }

    /** An arm that is better by a user's own noise less, and by a seed's luck. */
    private PairedDifference difference(int users, int seeds, double luck) {
        List<Area> arm = new ArrayList<>();
        List<Area> baseline = new ArrayList<>();
        double[] taste = random.doubles(users).map(x -> x - 0.5).toArray();
        boolean[] in = new boolean[users];
        Arrays.fill(in, true);
        for (int seed = 0; seed < seeds; seed++) {
            double shift = luck * (random.nextDouble() - 0.5);
            double[] own = new double[users];
            double[] ours = new double[users];
            double[] other = new double[users];
            for (int user = 0; user < users; user++) {
                other[user] = random.nextDouble(-1, 1);
                own[user] = 0.3 + taste[user] + random.nextDouble(-1, 1);
                ours[user] = own[user] + 0.15 + shift + random.nextDouble(-0.3, 0.3);
            }
            arm.add(Area.of(ours, in, other, in));
            baseline.add(Area.of(own, in, other, in));
        }
        return Seeds.compare(arm, baseline);
    }

    private boolean[] some(int users) {
        boolean[] in = new boolean[users];
        for (int user = 0; user < users; user++) {
            in[user] = random.nextInt(3) > 0;
        }
        return in;
    }
}
