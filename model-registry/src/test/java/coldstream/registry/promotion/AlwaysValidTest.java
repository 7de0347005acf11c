package coldstream.registry.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import coldstream.registry.promotion.Verdict.Kind;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Streams of users, each of whom says how much better the arm is for them, with a long tail; after every few users somebody
 * looks. The simulated arm is exactly at the threshold, where false alarms are most frequent.
 */
class AlwaysValidTest {

    private static final double THRESHOLD = 0.02;
    private static final double ERROR = 0.1;
    private static final int STREAMS = 1_000;

    /** Numbers of the formula worked out elsewhere (Python's math). */
    @ParameterizedTest
    @CsvSource({
        "0.05, 0.005, 0.01, 1, 0, 3.117780",
        "0.05, 0.001, 0.01, 1, 0, 3.253879",
        "0.01, 0.005, 0.015, 12, 0, 4.286565",
        "0.01, 0.002, 0.015, 12, 5, 4.972155",
    })
    void theWidthIsThatOfTheFormula(
            double error, double standardError, double threshold, int tests, int begins, double expected) {
        assertThat(new AlwaysValid(error).deviations(standardError, threshold, tests, begins))
                .isEqualTo(expected, within(1e-6));
    }

    @Test
    void anErrorIsAChance() {
        assertThatThrownBy(() -> new AlwaysValid(0.5)).hasMessageContaining("in (0, 0.5), got 0.5");
    }

    /** Whether an alarm was ever raised along a stream of users of whom the newest so many are looked at. */
    private static boolean alarms(long seed, double truth, int users, int window, Intervals intervals) {
        Random random = new Random(seed);
        double[] said = new double[users];
        int segment = window / 8;
        for (int n = 0; n < users; n++) {
            said[n] = truth + 0.3 * (-Math.log(1 - random.nextDouble()) - 1);
            boolean looks = n >= 30 && n % 7 == 0;
            if (looks) {
                int begins = Math.max(0, (n + 1 - window + segment - 1) / segment);
                int from = begins * segment;
                double sum = 0;
                double squares = 0;
                for (int k = from; k <= n; k++) {
                    sum += said[k];
                    squares += said[k] * said[k];
                }
                int count = n + 1 - from;
                double mean = sum / count;
                double error = Math.sqrt((squares / count - mean * mean) / (count - 1));
                if (mean + intervals.deviations(error, THRESHOLD, 1, begins) * error < -THRESHOLD) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double alarms(double truth, int users, int window, Intervals intervals) {
        int alarms = 0;
        for (int seed = 0; seed < STREAMS; seed++) {
            alarms += alarms(seed, truth, users, window, intervals) ? 1 : 0;
        }
        return (double) alarms / STREAMS;
    }

    @Test
    void lookingAllTheTimeRaisesNoMoreFalseAlarmsThanPromised() {
        double rate = alarms(-THRESHOLD, 2_000, Integer.MAX_VALUE / 2, new AlwaysValid(ERROR));

        assertThat(rate).isLessThan(ERROR);
        assertThat(alarms(-THRESHOLD, 2_000, Integer.MAX_VALUE / 2, (error, threshold, tests, begins) -> 1.2816))
                .as("what an interval for one look of the same error does")
                .isGreaterThan(4 * ERROR);
    }

    @Test
    void aWindowThatMovesOnRaisesNoMoreEither() {
        assertThat(alarms(-THRESHOLD, 2_000, 240, new AlwaysValid(ERROR))).isLessThan(ERROR);
    }

    @Test
    void anArmThatIsMuchWorseIsFoundInEveryStream() {
        assertThat(alarms(-4 * THRESHOLD, 2_000, Integer.MAX_VALUE / 2, new AlwaysValid(0.01)))
                .isEqualTo(1);
    }

    /** Three strata, any of which may raise the alarm, by the whole rule; and none where nothing differs. */
    @Test
    void aRuleOfSeveralStrataKeepsThePromiseToo() {
        var thresholds = Thresholds.parse("test", List.of("auc=0.02", "tail.auc=1", "overall.logloss=0.1"));
        var rule = new EvidenceRule(thresholds, new AlwaysValid(ERROR), 30, 30, 30, List.of());
        int atThreshold = 0;
        int alike = 0;
        for (int seed = 0; seed < 200; seed++) {
            atThreshold += worse(rule, seed, -THRESHOLD) ? 1 : 0;
            alike += worse(rule, seed, 0) ? 1 : 0;
        }

        assertThat(atThreshold / 200.0).isLessThan(ERROR);
        assertThat(alike).isZero();
    }

    private static boolean worse(EvidenceRule rule, int seed, double truth) {
        Random random = new Random(seed);
        List<String> strata = List.of("overall", "cold", "row_tail");
        double[] sums = new double[strata.size()];
        double[] squares = new double[strata.size()];
        for (int n = 1; n <= 800; n++) {
            double shared = random.nextGaussian();
            for (int k = 0; k < sums.length; k++) {
                double said = truth + 0.2 * (shared + random.nextGaussian());
                sums[k] += said;
                squares[k] += said * said;
            }
            if (n >= 40 && n % 40 == 0) {
                Evidence evidence = Evidences.of(
                        "2",
                        "1",
                        Map.of(
                                strata.get(0), found(sums[0], squares[0], n),
                                strata.get(1), found(sums[1], squares[1], n),
                                strata.get(2), found(sums[2], squares[2], n)));
                if (rule.judge(evidence, 0).kind() == Kind.WORSE) {
                    return true;
                }
            }
        }
        return false;
    }

    private static PairedMetrics found(double sum, double squares, int count) {
        double mean = sum / count;
        double error = Math.sqrt((squares / count - mean * mean) / (count - 1));
        return new PairedMetrics(count, count, count, count, 0.8 + mean, 0.8, error, 0.5, 0.5, 0.01, 1, 1);
    }
}
