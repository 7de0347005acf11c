package coldstream.app.evaluate.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.app.dataset.Change;
import coldstream.app.dataset.Drift;
import coldstream.evaluation.RunAreas;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DetectionTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    /** An event an hour: the change begins with event 101. */
    private static final Change SUDDEN = change("sudden@0.5", 101, 101);

    @Test
    void theFirstAlarmAtOrAfterTheChangeIsItsDetection() {
        List<Raised> raised = List.of(raised(60), raised(101 + 12), raised(101 + 36));

        Detection found = Detection.of(raised, one -> true, SUDDEN, 5).orElseThrow();

        assertThat(found.events()).isEqualTo(12);
        assertThat(found.days()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void anAlarmBeforeTheChangeOrAfterTheHorizonIsNone() {
        assertThat(Detection.of(List.of(raised(100)), one -> true, SUDDEN, 5)).isEmpty();
        assertThat(Detection.of(List.of(raised(101 + 121)), one -> true, SUDDEN, 5))
                .isEmpty();
        assertThat(Detection.of(List.of(raised(101 + 120)), one -> true, SUDDEN, 5))
                .isPresent();
        assertThat(Detection.of(List.of(raised(150)), one -> false, SUDDEN, 5)).isEmpty();
    }

    @Test
    void aGradualChangeMayBeNoticedAsLongAsItComesAbout() {
        Change gradual = change("gradual@0.5-0.9", 101, 301);

        assertThat(Detection.of(List.of(raised(301 + 120)), one -> true, gradual, 5))
                .isPresent();
        assertThat(Detection.of(List.of(raised(301 + 121)), one -> true, gradual, 5))
                .isEmpty();
    }

    @Test
    void falseAlarmsAreCountedAfterTheWarmUpPerDayOfAllStreams() {
        StreamOutcome one = steady(48, 3 * 24, raised(40), raised(49), raised(60)); // two days that count
        StreamOutcome other = steady(48, 4 * 24, raised(90)); // three days that count, less an hour each

        assertThat(Detection.falseAlarmsPerDay(List.of(one, other), raised -> true))
                .isCloseTo(3 / 2.917, within(0.01));
        assertThat(Detection.falseAlarmsPerDay(List.of(), raised -> true)).isNaN();
        assertThat(Detection.luck(0.1, 5)).isCloseTo(0.3935, within(1e-4));
    }

    private static StreamOutcome steady(int warmUp, int events, Raised... raised) {
        ArmOutcome nothing =
                new ArmOutcome("nothing", Arrays.asList(raised), List.of(), new RunAreas("", Map.of()), List.of());
        return new StreamOutcome(
                events,
                warmUp,
                time(1),
                time(warmUp + 1),
                time(events),
                Optional.empty(),
                List.of(nothing),
                List.of(),
                List.of(),
                List.of());
    }

    private static Change change(String drift, int first, int last) {
        return new Change(Drift.parse(drift), first, last, time(first), time(last));
    }

    private static Raised raised(int event) {
        return new Raised("watch", "outcome", "logloss", "overall", 1, 0.5, event, time(event), "");
    }

    private static Instant time(int event) {
        return START.plusSeconds(3_600L * event);
    }
}
