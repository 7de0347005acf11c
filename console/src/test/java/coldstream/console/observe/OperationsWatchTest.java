package coldstream.console.observe;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.console.observe.SignalsView.Operation;
import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import coldstream.monitor.Alarm;
import coldstream.monitor.WatchSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OperationsWatchTest {

    private static final Limits LIMITS =
            new Limits(50_000, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(10));

    private final OperationsWatch watch = new OperationsWatch(WatchSettings.DEFAULT, LIMITS);
    private final Random random = new Random(7);
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    /** Rounds of 5 s for so many minutes; what opened and closed in them. */
    private List<Alarm> minutes(int minutes, double rate, double failures, double dead, double difference) {
        List<Alarm> changed = new ArrayList<>();
        for (int round = 0; round < 12 * minutes; round++) {
            now = now.plusSeconds(5);
            List<Operation> readings = List.of(
                    reading(Operations.EVENTS, rate * (1 + 0.05 * random.nextGaussian())),
                    reading(Operations.DEAD_LETTERS, dead),
                    reading(Operations.MODEL_FAILURES, failures),
                    reading(Operations.LAG, 100 * random.nextDouble()),
                    reading(Operations.SERVABLE, 4 + random.nextDouble()));
            changed.addAll(watch.take(readings, List.of(evidence(difference)), now));
        }
        return changed;
    }

    private Operation reading(String name, double value) {
        return new Operation(name, "", "", "", null, List.of(new SignalsView.Reading(now, value)));
    }

    private Evidence evidence(double difference) {
        var paired = new PairedMetrics(1_000, 1_000, 3_000, 500, 0.8 + difference, 0.8, 0.001, 0.4, 0.4, 0.001, 1, 1);
        return new Evidence("ctr", Evidence.LIVE, "12", now, now, Map.of(), Map.of(), 10, Map.of("overall", paired));
    }

    private static List<String> opened(List<Alarm> changed) {
        return changed.stream()
                .filter(Alarm::open)
                .map(one -> one.signal().name())
                .distinct()
                .toList();
    }

    @Test
    void aQuietDayStaysQuiet() {
        assertThat(minutes(24 * 60, 100, 0.02, 0, 0.001)).isEmpty();
    }

    @Test
    void aLanguageModelThatFailsIsSeenWithinMinutesAndSoIsItsReturn() {
        assertThat(minutes(30, 100, 0.02, 0, 0)).isEmpty();

        assertThat(opened(minutes(3, 100, 0.7, 0, 0))).containsExactly("language_model_failures");
        assertThat(watch.open()).hasSize(1);

        List<Alarm> after = minutes(30, 100, 0.02, 0, 0);
        assertThat(after).filteredOn(one -> !one.open()).hasSize(1);
        assertThat(watch.open()).isEmpty();
    }

    @Test
    void aProducerThatBreaksItsFormatAndWeightsThatBecomeWorseAreSeen() {
        minutes(30, 100, 0.02, 0, 0);

        assertThat(opened(minutes(3, 90, 0.02, 10, 0))).contains("dead_letter_share");
        assertThat(opened(minutes(3, 90, 0.02, 10, -0.02))).contains("live_against_champion");
    }

    /** What was ahead of the champion is promoted, and then it is the champion. */
    @Test
    void weightsThatWereBetterAndAreThenAsGoodAsTheNewChampionAreWell() {
        assertThat(minutes(60, 100, 0.02, 0, 0.03)).isEmpty();
        assertThat(minutes(60, 100, 0.02, 0, 0)).isEmpty();
    }

    @Test
    void eventsThatFallAwayAreSeen() {
        minutes(120, 100, 0.02, 0, 0);

        assertThat(opened(minutes(3, 20, 0.02, 0, 0))).containsExactly("event_rate_ratio");
    }

    @Test
    void everySignalIsShownAsItsDetectorsSeeIt() {
        minutes(30, 100, 0.02, 0, 0.001);

        assertThat(watch.signals())
                .anySatisfy(one -> {
                    assertThat(one.key()).isEqualTo("guidance/language_model_failures/all/shift");
                    assertThat(one.value()).isEqualTo(0.02);
                    assertThat(one.alarmed()).isFalse();
                })
                .allSatisfy(one -> assertThat(one.source()).isEqualTo("console"));
    }
}
