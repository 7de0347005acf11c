package coldstream.evaluation.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.evaluation.drift.PageHinkley.Direction;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle is counting: streams in which nothing changes, and how often they look as if something had. */
class ChancesTest {

    @ParameterizedTest
    @CsvSource({"UP, 0.25, 400", "BOTH, 0.25, 400", "UP, 0.5, 400"})
    void pageHinkleyComesToItsThresholdAsSeldomAsItSays(Direction direction, double delta, double length) {
        double lambda = new PageHinkley(1, delta, 1, 1, direction).threshold(0.001, length * 0.001);
        Random random = new Random(5);
        long values = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            PageHinkley detector = new PageHinkley(1, delta, lambda, 1, direction);
            long until = 1;
            while (detector.add(random.nextGaussian()) != DriftDetector.State.DRIFT) {
                until++;
            }
            values += until;
        }
        assertThat((double) values / runs).isBetween(0.75 * length, 1.6 * length);
        assertThat(new PageHinkley(1, delta, 1, 1, direction).chance(lambda, length * 0.001))
                .isEqualTo(0.001, within(1e-6));
    }

    @Test
    void adwinIsSurelyNoSurerThanItMayBe() {
        Random random = new Random(6);
        int rounds = 0;
        int sure = 0;
        for (int stream = 0; stream < 100; stream++) {
            Adwin adwin = new Adwin(Adwin.DEFAULT_DELTA);
            for (int k = 1; k <= 6_400; k++) {
                adwin.add(random.nextGaussian());
                if (k % 320 == 0) {
                    rounds++;
                    sure += adwin.takeChance() <= 0.05 ? 1 : 0;
                }
            }
        }
        assertThat((double) sure / rounds).isLessThanOrEqualTo(0.05);
    }

    @Test
    void adwinIsSureOfAChange() {
        Random random = new Random(7);
        Adwin adwin = new Adwin(Adwin.DEFAULT_DELTA);
        for (int k = 0; k < 960; k++) {
            adwin.add(random.nextGaussian());
        }
        double before = adwin.takeChance();
        for (int k = 0; k < 320; k++) {
            adwin.add(random.nextGaussian() + 2);
        }
        assertThat(before).isGreaterThan(0.001);
        assertThat(adwin.takeChance()).isLessThan(1e-9);
        assertThat(adwin.takeChance()).isEqualTo(1);
    }

    @Test
    void theCriticalStabilityIndexIsExceededAsOftenAsItSays() {
        Random random = new Random(8);
        int over = 0;
        int rounds = 4_000;
        double critical = StabilityIndex.critical(1.645, 10, 2_000, 500);
        for (int round = 0; round < rounds; round++) {
            over += StabilityIndex.of(shares(random, 2_000), 2_000, shares(random, 500), 500)
                                    .excess()
                            > critical
                    ? 1
                    : 0;
        }
        assertThat((double) over / rounds).isEqualTo(0.05, within(0.02));
    }

    private static double[] shares(Random random, int values) {
        double[] shares = new double[10];
        random.doubles(values).forEach(value -> shares[(int) (10 * value)] += 1.0 / values);
        return shares;
    }

    @Test
    void kswinSaysHowUnlikelyItsLastValueIs() {
        Random random = new Random(9);
        Kswin kswin = new Kswin(1e-6, 1);
        for (int k = 0; k < 99; k++) {
            kswin.add(random.nextGaussian());
        }
        assertThat(kswin.chance()).isEqualTo(1);
        kswin.add(0);
        assertThat(kswin.chance()).isGreaterThan(1e-4);
        for (int k = 0; k < 20; k++) {
            kswin.add(5);
        }
        assertThat(kswin.chance()).isLessThan(1e-4);
    }
}
