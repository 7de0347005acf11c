package coldstream.evaluation.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.PairedMetrics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against definitions counted pair by pair, and against what intervals promise. */
class PairedWindowTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final PairedWindow window = new PairedWindow(80_000);

    @Test
    void anAreaIsTheShareOfPairsInOrderTiesCountingHalf() {
        List<Judged> events = Judged.stream(new SplittableRandom(1), 40, 0.8, 0.2);

        PairedMetrics found = overall(events);

        assertThat(found.auc()).isEqualTo(PairsCounted.area(events, Judged::arm), within(1e-12));
        assertThat(found.baselineAuc()).isEqualTo(PairsCounted.area(events, Judged::baseline), within(1e-12));
        assertThat(found.events()).isEqualTo(events.size());
        assertThat(found.positives()).isEqualTo(events.size());
        assertThat(found.rows()).isEqualTo(3L * events.size());
        assertThat(found.users()).isEqualTo(40);
    }

    @Test
    void zeroAndMinusZeroTie() {
        add(List.of(new Judged("a", new float[] {0f, -0f}, new float[] {-0f, 0f})));

        assertThat(overall().auc()).isEqualTo(0.5);
        assertThat(overall().baselineAuc()).isEqualTo(0.5);
    }

    @Test
    void theErrorIsThatOfObuchowskisDefinition() {
        List<Judged> events = Judged.stream(new SplittableRandom(2), 25, 0.8, 0.2);

        assertThat(overall(events).error()).isEqualTo(PairsCounted.error(events), within(1e-12));
    }

    /** The interval's whole point: with arms that are equally good, 95 of 100 intervals hold 0, though users differ. */
    @Test
    void ninetyFiveOfAHundredIntervalsHoldTheTruth() {
        int streams = 400;
        int held = 0;
        int heldLoss = 0;
        for (int seed = 0; seed < streams; seed++) {
            PairedMetrics found =
                    overall(new PairedWindow(16_000), Judged.stream(new SplittableRandom(100 + seed), 60, 0.5, 0.5));
            held += found.low(PairedMetrics.DEVIATIONS) <= 0 && found.high(PairedMetrics.DEVIATIONS) >= 0 ? 1 : 0;
            heldLoss += Math.abs(found.loglossDifference()) <= PairedMetrics.DEVIATIONS * found.loglossError() ? 1 : 0;
        }
        // 380 of 400 are expected; the standard deviation of that count is 4.4
        assertThat(held).isBetween(365, 395);
        assertThat(heldLoss).isBetween(365, 395);
    }

    @Test
    void anArmThatIsBetterShowsAboveItsInterval() {
        PairedMetrics found = overall(Judged.stream(new SplittableRandom(3), 200, 1.5, 0.3));

        assertThat(found.low(3)).isPositive();
        assertThat(found.loglossDifference()).isNegative();
    }

    @Test
    void anArmDoesNotDifferFromItself() {
        List<Judged> events = Judged.stream(new SplittableRandom(4), 30, 1, 1).stream()
                .map(event -> new Judged(event.user(), event.arm(), event.arm()))
                .toList();

        PairedMetrics found = overall(events);

        assertThat(found.difference()).isZero();
        assertThat(found.error()).isZero();
        assertThat(found.loglossError()).isZero();
    }

    @Test
    void lossAndCalibrationAreTheTextbooks() {
        add(List.of(
                new Judged("a", new float[] {1f, -1f}, new float[] {0f, 0f}),
                new Judged("b", new float[] {2f, 0f}, new float[] {0f, 0f})));

        PairedMetrics found = overall();

        double one = -Math.log(1 / (1 + Math.exp(-1)));
        double two = -Math.log(1 / (1 + Math.exp(-2)));
        assertThat(found.logloss()).isEqualTo((one + one + two + Math.log(2)) / 4, within(1e-12));
        assertThat(found.baselineLogloss()).isEqualTo(Math.log(2), within(1e-12));
        // probabilities of 1 and -1 sum to 1; two positives
        assertThat(found.calibration()).isEqualTo((1 + Math.exp(-two) + 0.5) / 2, within(1e-12));
        assertThat(found.baselineCalibration()).isEqualTo(1, within(1e-12));
        // the users' mean differences are half of +-d around the mean, of which half the rows are: |psi| = d / 4 each
        double d = (one + one) / 2 - (two + Math.log(2)) / 2;
        assertThat(found.loglossError()).isEqualTo(Math.sqrt(2.0 / 1 * 2 * (d / 4) * (d / 4)), within(1e-12));
    }

    @Test
    void oneUserAloneHasNoInterval() {
        add(List.of(new Judged("a", new float[] {1f, -1f}, new float[] {0f, 0f})));

        assertThat(overall().error()).isNaN();
    }

    @Test
    void aStratumHoldsItsOwnRowsAlone() {
        PairedMetrics found = overall(Judged.stream(new SplittableRandom(5), 30, 1, 1));

        assertThat(found.events()).isPositive();
        assertThat(window.metrics()).doesNotContainKey("new_item").containsKey("warm_head");
    }

    @Test
    void whenItIsFullTheOldestEighthGoesWithItsPlaceInTheStream() {
        var small = new PairedWindow(8 * 300);
        for (int step = 0; step < 40; step++) {
            small.add(
                    Map.of("samples-0", 100L * step),
                    Map.of("samples-0", 100L * step + 100),
                    NOW.plusSeconds(step),
                    Judged.events(Judged.block(100)),
                    Judged.arms(Judged.block(100)),
                    Judged.baselines(Judged.block(100)));
        }
        // a segment holds one step of 300 rows
        assertThat(small.rows()).isEqualTo(8 * 300);
        assertThat(small.steps()).isEqualTo(8);
        assertThat(small.fromOffsets()).isEqualTo(Map.of("samples-0", 3_200L));
        assertThat(small.toOffsets()).isEqualTo(Map.of("samples-0", 4_000L));
        assertThat(small.from()).isEqualTo(NOW.plusSeconds(32));
        assertThat(small.to()).isEqualTo(NOW.plusSeconds(39));
    }

    @Test
    void aLogitThatIsNoNumberIsRefusedAndNothingOfItsStepIsTakenIn() {
        List<Judged> events = List.of(
                new Judged("a", new float[] {1f, 1f}, new float[] {1f, 1f}),
                new Judged("b", new float[] {1f, Float.NaN}, new float[] {1f, 1f}));

        assertThatThrownBy(() -> add(events)).hasMessage("a logit must be finite, got NaN");
        assertThat(window.isEmpty()).isTrue();
    }

    private PairedMetrics overall(List<Judged> events) {
        return overall(window, events);
    }

    private static PairedMetrics overall(PairedWindow into, List<Judged> events) {
        add(into, events);
        return Objects.requireNonNull(into.metrics().get("overall"));
    }

    private void add(List<Judged> events) {
        add(window, events);
    }

    private static void add(PairedWindow into, List<Judged> events) {
        into.add(Map.of(), Map.of(), NOW, Judged.events(events), Judged.arms(events), Judged.baselines(events));
    }

    private PairedMetrics overall() {
        return Objects.requireNonNull(window.metrics().get("overall"));
    }
}
