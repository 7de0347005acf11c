package coldstream.evaluation.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.evaluation.drift.DriftDetector.State;
import coldstream.evaluation.drift.PageHinkley.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The oracle of the first tests is what the documentation of River (online-ml/river, docstrings of its detectors) says it finds in
 * streams that Python's generator makes; the streams are in the files.
 */
class DetectorsTest {

    @Test
    void adwinFindsRiversStepAtTheSameValue() throws IOException {
        assertThat(found(new Adwin(Adwin.DEFAULT_DELTA), stream("step-up.txt"), State.DRIFT))
                .containsExactly(1023);
    }

    @Test
    void pageHinkleyFindsRiversStepAtTheSameValue() throws IOException {
        assertThat(found(new PageHinkley(Direction.UP), stream("step-up.txt"), State.DRIFT))
                .containsExactly(1006);
        assertThat(found(new PageHinkley(Direction.DOWN), stream("step-up.txt"), State.DRIFT))
                .isEmpty();
    }

    @Test
    void pageHinkleyFindsAFallAsItFindsARise() throws IOException {
        double[] fall = stream("step-up.txt");
        for (int k = 0; k < fall.length; k++) {
            fall[k] = -fall[k];
        }
        assertThat(found(new PageHinkley(Direction.DOWN), fall, State.DRIFT)).containsExactly(1006);
        assertThat(found(new PageHinkley(Direction.BOTH), fall, State.DRIFT)).containsExactly(1006);
    }

    @Test
    void ddmWarnsAndFindsRiversErrorRateAtTheSameValues() throws IOException {
        double[] errors = stream("error-rate.txt");
        List<Integer> drifts = found(new Ddm(), errors, State.DRIFT);
        List<Integer> warnings = found(new Ddm(), errors, State.WARNING);

        assertThat(drifts).containsExactly(1334);
        assertThat(warnings).first().isEqualTo(1084);
        assertThat(warnings.stream().filter(at -> at > 1334)).first().isEqualTo(1492);
    }

    @Test
    void kswinFindsRiversStepWithinItsLatestValues() throws IOException {
        assertThat(found(new Kswin(0.0001, 1), stream("step-up.txt"), State.DRIFT))
                .first()
                .satisfies(at -> assertThat(at).isBetween(1005, 1030));
    }

    static Stream<Arguments> detectors() {
        return Stream.of(
                Arguments.of("ADWIN", (Supplier<DriftDetector>) () -> new Adwin(Adwin.DEFAULT_DELTA), 0.001),
                Arguments.of("Page-Hinkley", (Supplier<DriftDetector>) () -> new PageHinkley(Direction.BOTH), 0.003),
                Arguments.of("KSWIN", (Supplier<DriftDetector>) () -> new Kswin(1e-4, 1), 0.001));
    }

    /** Ten thousand values without a change, ten thousand two deviations higher: seldom an alarm before, soon one after. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("detectors")
    void alarmsAreRareBeforeAChangeAndSoonAfterIt(String name, Supplier<DriftDetector> made, double rate) {
        int early = 0;
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            double[] values =
                    random.doubles(20_000).map(any -> random.nextGaussian()).toArray();
            for (int k = 10_000; k < values.length; k++) {
                values[k] += 2;
            }
            List<Integer> drifts = found(made.get(), values, State.DRIFT);
            early += (int) drifts.stream().filter(at -> at < 10_000).count();
            assertThat(drifts.stream().filter(at -> at >= 10_000)).first().satisfies(at -> assertThat(at)
                    .isLessThan(10_100));
        }
        assertThat(early / 100_000.0).isLessThan(rate);
    }

    @Test
    void adwinKeepsTheValuesOfTheNewStateAndTheirMean() {
        Adwin adwin = new Adwin(Adwin.DEFAULT_DELTA);
        Random random = new Random(3);
        for (int k = 0; k < 4_000; k++) {
            adwin.add(random.nextGaussian() + (k < 2_000 ? 0 : 5));
        }
        assertThat(adwin.length()).isBetween(1_900L, 2_100L);
        assertThat(adwin.mean()).isEqualTo(5, within(0.2));
    }

    @Test
    void adwinsMemoryGrowsWithTheLogarithmOfTheStream() {
        Adwin adwin = new Adwin(Adwin.DEFAULT_DELTA);
        for (int k = 0; k < 1 << 20; k++) {
            adwin.add(k % 2);
        }
        assertThat(adwin.length()).isEqualTo(1 << 20);
        assertThat(adwin.kept()).isLessThan(20 * 12);
    }

    /** A threshold in units of the values would say nothing of a stream a thousand times as wide. */
    @Test
    void standardizedValuesAreFoundWhateverTheirUnit() {
        List<List<Integer>> found = new ArrayList<>();
        for (double unit : new double[] {1e-3, 1, 1e3}) {
            Random random = new Random(5);
            DoubleSupplier noise = random::nextGaussian;
            double[] values = new double[3_000];
            for (int k = 0; k < values.length; k++) {
                values[k] = unit * (7 + noise.getAsDouble() + (k < 2_000 ? 0 : 2));
            }
            found.add(found(new Standardized(500, new PageHinkley(Direction.UP)), values, State.DRIFT));
        }
        assertThat(found.get(0)).isNotEmpty().first().satisfies(at -> assertThat(at)
                .isBetween(2_000, 2_100));
        assertThat(found).containsOnly(found.get(1));
    }

    @Test
    void anErrorIsNoughtOrOne() {
        assertThatThrownBy(() -> new Ddm().add(0.5)).hasMessage("an error must be 0 or 1, got 0.5");
    }

    private static List<Integer> found(DriftDetector detector, double[] values, State wanted) {
        List<Integer> found = new ArrayList<>();
        for (int k = 0; k < values.length; k++) {
            if (detector.add(values[k]) == wanted) {
                found.add(k);
            }
        }
        return found;
    }

    private static double[] stream(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(DetectorsTest.class.getResourceAsStream("/drift/" + file))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMapToInt(String::chars)
                    .mapToDouble(digit -> digit - '0')
                    .toArray();
        }
    }
}
