package coldstream.evaluation.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DriftTestsTest {

    /** Samples, D and chance as SciPy calculates them. */
    @Test
    void kolmogorovSmirnovAgreesWithScipy() throws IOException {
        int cases = 0;
        for (String line : lines("ks.csv")) {
            String[] parts = line.split(";", -1);
            double[] one = numbers(parts[0]);
            double[] other = numbers(parts[1]);
            double statistic = KolmogorovSmirnov.statistic(one, other);
            assertThat(statistic).isEqualTo(Double.parseDouble(parts[2]), within(1e-12));
            assertThat(KolmogorovSmirnov.chance(statistic, one.length, other.length))
                    .isEqualTo(Double.parseDouble(parts[3]), within(0.02));
            cases++;
        }
        assertThat(cases).isEqualTo(5);
    }

    @Test
    void theCriticalValueHasItsChance() {
        double critical = KolmogorovSmirnov.critical(0.01, 4_000, 9_000);
        assertThat(KolmogorovSmirnov.chance(critical, 4_000, 9_000)).isEqualTo(0.01, within(0.001));
    }

    /** ln 9 · .8 with both shares .1 and .9 swapped, but for the 10⁻⁴ that is added. */
    @Test
    void theStabilityIndexIsTheSumOverBins() {
        StabilityIndex swapped = StabilityIndex.of(new long[] {100, 900}, new long[] {900, 100}, 1);
        assertThat(swapped.value()).isEqualTo(2 * 0.8 * Math.log(9), within(0.005));
        assertThat(swapped.chance()).isLessThan(1e-12);
        assertThat(StabilityIndex.of(new long[] {100, 900}, new long[] {10, 90}, 1)
                        .value())
                .isEqualTo(0, within(1e-12));
    }

    /** Nothing changes, and one round in twenty has a chance below .05; without the correction PSI itself is above nought. */
    @Test
    void whereNothingChangedTheChanceIsUniformAndTheExcessNought() {
        Random random = new Random(11);
        int rounds = 2_000;
        int small = 0;
        double excess = 0;
        double value = 0;
        for (int round = 0; round < rounds; round++) {
            StabilityIndex index = StabilityIndex.of(histogram(random, 2_000), histogram(random, 500), 1);
            small += index.chance() < 0.05 ? 1 : 0;
            excess += index.excess() / rounds;
            value += index.value() / rounds;
        }
        assertThat((double) small / rounds).isEqualTo(0.05, within(0.02));
        assertThat(excess).isEqualTo(0, within(0.002));
        assertThat(value).isGreaterThan(0.02);
    }

    private static long[] histogram(Random random, int values) {
        long[] counts = new long[10];
        random.doubles(values).forEach(value -> counts[(int) (10 * value)]++);
        return counts;
    }

    /** The sum over all pairs of rows, as its definition has it. */
    @Test
    void theExpectedAreaIsThatOverAllPairs() {
        Random random = new Random(2);
        double[] probabilities = random.doubles(300).map(u -> u * u).toArray();
        ExpectedPerformance expected = new ExpectedPerformance();
        double right = 0;
        double all = 0;
        for (int i = 0; i < probabilities.length; i++) {
            expected.add(probabilities[i]);
            for (int j = 0; j < probabilities.length; j++) {
                double pair = i == j ? 0 : probabilities[i] * (1 - probabilities[j]);
                double order = Math.signum(probabilities[i] - probabilities[j]);
                right += pair * (1 + order) / 2;
                all += pair;
            }
        }
        assertThat(expected.auc()).isEqualTo(right / all, within(0.001));
        assertThat(expected.positives()).isEqualTo(Arrays.stream(probabilities).sum(), within(1e-9));
    }

    /** Labels drawn from the probabilities have that log loss, and that area, on average. */
    @Test
    void labelsThatFollowTheProbabilitiesPerformAsExpected() {
        Random random = new Random(4);
        ExpectedPerformance expected = new ExpectedPerformance();
        double loss = 0;
        int rows = 200_000;
        for (int row = 0; row < rows; row++) {
            double probability = 0.05 + 0.9 * random.nextDouble();
            expected.add(probability);
            loss -= Math.log(random.nextDouble() < probability ? probability : 1 - probability) / rows;
        }
        assertThat(expected.logloss()).isEqualTo(loss, within(0.003));
        expected.clear();
        assertThat(expected.rows()).isZero();
        assertThat(expected.auc()).isNaN();
    }

    /** Adjusted chances as SciPy's false_discovery_control has them. */
    @Test
    void adjustedChancesAgreeWithScipy() {
        double[] chances = {
            0.36675, 0.00334, 0.62287, 0.51201, 0.87654, 0.13841, 0.22011, 0.83155, 0.16932, 0.69614, 0.17759, 0.11408,
            0.07687, 0.04558, 0.18613, 0.02611, 0.68556, 0.94951, 0.00949, 0.00301
        };
        double[] adjusted = {
            0.5642307692307693,
            0.0334,
            0.8189882352941177,
            0.7314428571428571,
            0.9226736842105262,
            0.3384181818181818,
            0.36685,
            0.9226736842105262,
            0.3384181818181818,
            0.8189882352941177,
            0.3384181818181818,
            0.32594285714285715,
            0.2562333333333333,
            0.18232,
            0.3384181818181818,
            0.13055,
            0.8189882352941177,
            0.94951,
            0.06326666666666667,
            0.0334
        };
        assertThat(FalseDiscoveries.adjusted(chances)).containsExactly(adjusted, within(1e-12));
    }

    /** x_t = ρ x_(t−1) + noise has τ = (1 + ρ) / (1 − ρ). */
    @Test
    void theAutocorrelationTimeOfAnAutoregressionIsKnown() {
        for (double rho : new double[] {0, 0.5, 0.9}) {
            Random random = new Random(8);
            Autocorrelation seen = new Autocorrelation();
            double x = 0;
            for (int k = 0; k < 400_000; k++) {
                x = rho * x + random.nextGaussian();
                seen.add(x);
            }
            double known = (1 + rho) / (1 - rho);
            assertThat(seen.time()).isBetween(0.9 * known, 1.35 * known);
        }
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> StabilityIndex.of(new long[3], new long[2], 1))
                .hasMessage("bins must be 3 as in the reference, got 2");
        assertThatThrownBy(() -> new ExpectedPerformance().add(Double.NaN))
                .hasMessage("a probability must be 0 to 1, got NaN");
        assertThatThrownBy(() -> new Adwin(0)).hasMessage("delta must be between 0 and 1, got 0.0");
    }

    private static double[] numbers(String text) {
        return Stream.of(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
    }

    private static List<String> lines(String file) throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DriftTestsTest.class.getResourceAsStream("/drift/" + file)),
                StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
