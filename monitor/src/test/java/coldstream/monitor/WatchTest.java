package coldstream.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.monitor.Signal.Layer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final Signal LENGTH = new Signal(Layer.INPUT, "history_length");
    private static final Signal LOSS = new Signal(Layer.OUTCOME, "logloss", "cold");
    private static final Signal ALPHA = new Signal(Layer.GUIDANCE, "alpha", "cold_tail");
    private static final Signal RIGHT = new Signal(Layer.GUIDANCE, "answer_auc");
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Random random = new Random(1);
    private final Watch watch = watch();
    private long step;

    private static Watch watch() {
        return new Watch(
                new WatchSettings(1, Duration.ofMinutes(10)),
                List.of(
                        WatchedSignal.distribution(LENGTH),
                        WatchedSignal.outcome(LOSS, Harm.RISE),
                        WatchedSignal.estimate(ALPHA, Harm.FALL, 0.2)));
    }

    /** Rounds of a thousand values each. */
    private List<Alarm> rounds(Watch watched, int rounds, double length, double loss, double alpha) {
        List<Alarm> changed = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int k = 0; k < 1_000; k++) {
                watched.channel(LENGTH).add(length + random.nextGaussian());
                watched.channel(LOSS).add(loss + random.nextGaussian());
            }
            watched.gauge(ALPHA).set(alpha);
            changed.addAll(watched.look(Streams.moment(step++, LOOK)));
        }
        return changed;
    }

    @Test
    void nothingAlarmsWhileNothingChanges() {
        assertThat(rounds(watch, 40, 0, 0, 0.5)).isEmpty();
        assertThat(watch.readings()).hasSize(6).noneMatch(Reading::alarmed);
    }

    @Test
    void anotherDistributionAlarmsOnceAndClosesWhenItIsWhatIsUsual() {
        rounds(watch, 20, 0, 0, 0.5);
        List<Alarm> changed = rounds(watch, 40, 0.8, 0, 0.5);

        assertThat(changed).extracting(Alarm::signal).containsOnly(LENGTH);
        assertThat(changed).extracting(Alarm::open).containsExactly(true, false);
        Alarm alarm = changed.get(0);
        assertThat(alarm.detector()).isIn(Detector.PSI, Detector.KS);
        assertThat(alarm.opened().step()).isEqualTo(20);
        assertThat(alarm.statistic()).isGreaterThan(alarm.threshold());
        assertThat(alarm.value() - alarm.reference()).isBetween(0.7, 0.9);
        assertThat(alarm.samples()).isEqualTo(1_000);
        assertThat(alarm.referenceVersion()).isEmpty();
        assertThat(alarm.message()).contains("history length", "the whole stream", "its own past");
        assertThat(changed.get(1).opened()).isEqualTo(alarm.opened());
    }

    @Test
    void aMessageSaysAboveOnlyOfWhatIsAbove() {
        rounds(watch, 20, 0, 0, 0.5);
        Alarm alarm = rounds(watch, 1, 0.8, 0, 0.5).get(0);
        assertThat(alarm.message()).contains(", above ");
        Alarm beside = new Alarm(
                alarm.signal(),
                alarm.detector(),
                alarm.severity(),
                0.9,
                1,
                alarm.value(),
                alarm.reference(),
                alarm.chance(),
                alarm.from(),
                alarm.to(),
                alarm.samples(),
                alarm.referenceVersion(),
                alarm.opened(),
                alarm.closed());
        assertThat(beside.message()).contains("is 0.900, sure beside what else changed, alone above 1.00;");
    }

    @Test
    void aChangeTooSmallToMatterAlarmsNobodyHoweverSureItIs() {
        rounds(watch, 20, 0, 0, 0.5);
        assertThat(rounds(watch, 40, 0.08, 0, 0.5)).isEmpty();
    }

    @Test
    void aLossThatRisesAlarmsAndOneThatFallsDoesNot() {
        rounds(watch, 20, 0, 0, 0.5);
        assertThat(rounds(watch, 10, 0, -0.5, 0.5)).isEmpty();
        Watch other = watch();
        step = 0;
        rounds(other, 20, 0, 0, 0.5);
        List<Alarm> changed = rounds(other, 10, 0, 0.5, 0.5);
        assertThat(changed).first().satisfies(alarm -> {
            assertThat(alarm.signal()).isEqualTo(LOSS);
            assertThat(alarm.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(alarm.opened().step()).isLessThan(23);
        });
    }

    @Test
    void trustThatFallsFarAlarms() {
        rounds(watch, 20, 0, 0, 0.5);
        assertThat(rounds(watch, 3, 0, 0, 0.35)).isEmpty();
        assertThat(rounds(watch, 3, 0, 0, 0.9)).isEmpty();
        assertThat(rounds(watch, 1, 0, 0, 0.2)).singleElement().satisfies(alarm -> assertThat(alarm.detector())
                .isEqualTo(Detector.SHIFT));
    }

    @Test
    void aMeanThatFallsByAFifthOfAShareIsFoundInAHundredAndAFewValues() {
        Watch watched = new Watch(WatchSettings.DEFAULT, List.of(WatchedSignal.share(RIGHT, Harm.FALL, 0.05)));
        List<Alarm> changed = shares(watched, 40, 0.7);
        changed.addAll(shares(watched, 10, 0.9));
        assertThat(changed).isEmpty();
        assertThat(shares(watched, 3, 0.5)).first().satisfies(alarm -> {
            assertThat(alarm.detector()).isEqualTo(Detector.MEAN);
            assertThat(alarm.statistic()).isEqualTo(alarm.reference() - alarm.value());
        });
    }

    /** Rounds of 150 shares each, even between twice their mean less 1 and 1. */
    private List<Alarm> shares(Watch watched, int rounds, double mean) {
        List<Alarm> changed = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int k = 0; k < 150; k++) {
                watched.channel(RIGHT).add(1 - 2 * (1 - mean) * random.nextDouble());
            }
            changed.addAll(watched.look(Streams.moment(step++, Duration.ofHours(6))));
        }
        return changed;
    }

    @Test
    void theChampionsReferenceIsWhatIsComparedWith() {
        rounds(watch, 20, 3, 0, 0.5);
        byte[] file = watch.learnt().write();
        Watch other = watch();
        step = 0;
        rounds(other, 20, 0, 0, 0.5);
        assertThat(other.comparedWith()).isEmpty();

        other.compareWith("7", Reference.read(file));
        List<Alarm> changed = rounds(other, 1, 0, 0, 0.5);

        assertThat(other.comparedWith()).contains("7");
        assertThat(changed).singleElement().satisfies(alarm -> {
            assertThat(alarm.referenceVersion()).contains("7");
            assertThat(alarm.reference()).isBetween(2.9, 3.1);
        });
        other.compareWithOwnPast();
        assertThat(rounds(other, 10, 0, 0, 0.5)).singleElement().matches(alarm -> !alarm.open());
    }

    @Test
    void aRestartGoesOnFromWhatWasSeen() {
        rounds(watch, 20, 0, 0, 0.5);
        Watch restarted = watch();
        restarted.resume(Reference.read(watch.learnt().write()), List.of());
        assertThat(rounds(restarted, 2, 0, 0, 0.5)).isEmpty();
        assertThat(rounds(restarted, 1, 0.8, 0, 0.5)).hasSize(1);
    }

    @Test
    void whatIsRepeatedAfterARestartRaisesNothing() {
        rounds(watch, 20, 0, 0, 0.5);
        byte[] file = watch.learnt().write();
        List<Alarm> raised = rounds(watch, 3, 0.8, 0, 0.5);
        assertThat(raised).hasSize(1);

        Watch restarted = watch();
        restarted.resume(Reference.read(file), raised);
        for (int k = 0; k < 3_000; k++) {
            restarted.channel(LENGTH).add(0.8 + random.nextGaussian());
            if (k % 1_000 == 999) {
                assertThat(restarted.look(Streams.moment(20 + k / 1_000, LOOK), true))
                        .isEmpty();
            }
        }
        assertThat(restarted.open()).isEqualTo(raised);
        assertThat(rounds(restarted, 4, 0.8, 0, 0.5)).isEmpty();
    }

    @Test
    void aSignalRestsAfterItsAlarm() {
        rounds(watch, 20, 0, 0, 0.9);
        List<Alarm> changed = rounds(watch, 1, 0, 0, 0.5);
        changed.addAll(rounds(watch, 3, 0, 0, 0.9));
        assertThat(changed).extracting(Alarm::open).containsExactly(true, false);
        assertThat(rounds(watch, 1, 0, 0, 0.5)).isEmpty();
        rounds(watch, 10, 0, 0, 0.9);
        assertThat(rounds(watch, 1, 0, 0, 0.5)).hasSize(1);
    }

    @Test
    void whatIsNotANumberIsCountedAndLeftOut() {
        watch.channel(LENGTH).add(Double.NaN);
        watch.gauge(ALPHA).set(Double.NaN);
        assertThat(watch.channel(LENGTH).unusable()).isEqualTo(1);
        assertThat(watch.look(Streams.moment(1, LOOK))).isEmpty();
    }

    @Test
    void whatIsNotWatchedIsRefused() {
        assertThatThrownBy(() -> watch.channel(ALPHA))
                .hasMessage("values must be of a watched signal, got guidance/alpha/cold_tail");
        assertThatThrownBy(() -> watch.gauge(LOSS))
                .hasMessage("estimates must be of a watched signal, got outcome/logloss/cold");
        assertThatThrownBy(() -> new WatchSettings(0, Duration.ZERO))
                .hasMessage("false alarms a day must be above 0 and at most 1000, got 0.0");
        assertThatThrownBy(() -> Reference.read(new byte[] {1, 0, 0, 0, 1}))
                .hasMessageStartingWith("a reference must be whole, got 5 bytes");
    }
}
