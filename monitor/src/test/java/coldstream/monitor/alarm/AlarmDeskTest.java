package coldstream.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Action;
import coldstream.domain.DriftAlert.Action.Outcome;
import coldstream.monitor.Alerts;
import coldstream.monitor.action.ActionConfig;
import coldstream.monitor.action.ActionExecutor;
import coldstream.monitor.action.ActionKind;
import coldstream.monitor.action.Responses;
import coldstream.service.Settings;
import coldstream.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever fails around it, everybody is told of each alarm, once, and of what was done. */
class AlarmDeskTest {

    private static final AlarmDesk.Owner OWNER = new AlarmDesk.Owner("ctr", "trainer");
    private static final DriftAlert LOSS = Alerts.open("outcome/logloss/overall", 10);

    private final InMemoryAlertLog log = new InMemoryAlertLog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger resets = new AtomicInteger();

    private AlarmDesk desk() {
        ActionExecutor reset = cause -> {
            resets.incrementAndGet();
            return ActionExecutor.Done.complete("reset");
        };
        ActionConfig config =
                ActionConfig.from(Settings.of(ActionConfig.SETTINGS, Map.of("drift.rules", "outcome=reset-gate")));
        var responses = new Responses(config, Map.of(ActionKind.RESET_GATE, reset), () -> Alerts.NOON);
        var desk = new AlarmDesk(OWNER, log, responses, meters, () -> Alerts.NOON);
        desk.start();
        return desk;
    }

    private DriftAlert newest(String id) {
        return log.read().stream()
                .filter(alert -> alert.alertId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void awaitActed() {
        Await.until("the action is told", () -> log.read().stream()
                .flatMap(alert -> alert.actions().stream())
                .anyMatch(action -> action.outcome() == Outcome.ENDED));
    }

    @Test
    void anAlarmIsToldActedOnAndClosed() {
        try (AlarmDesk desk = desk()) {
            desk.opened(LOSS);
            awaitActed();
            assertThat(desk.alerts()).extracting(DriftAlert::alertId).containsExactly(LOSS.alertId());
            desk.closed(LOSS.key(), "it is back");
            Await.until("the end is told", () -> !newest(LOSS.alertId()).open());
        }
        DriftAlert last = newest(LOSS.alertId());
        assertThat(last.message()).isEqualTo("it is back");
        assertThat(last.actions())
                .containsExactly(
                        new Action("reset-gate", Outcome.ENDED, "reset", Alerts.NOON, java.util.Optional.empty()));
        assertThat(resets).hasValue(1);
    }

    @Test
    void theSameFoundAgainByAReplayOrARestartIsNotToldAgain() {
        try (AlarmDesk desk = desk()) {
            desk.opened(LOSS);
            desk.opened(LOSS);
            desk.opened(Alerts.open("outcome/logloss/overall", 11));
            awaitActed();
        }
        int told = log.told().size();
        try (AlarmDesk again = desk()) {
            again.opened(LOSS);
            again.opened(Alerts.open("outcome/logloss/overall", 12));
            Await.until("it knows what was told", () -> again.alerts().size() == 1);
            again.closed(LOSS.key(), "it is back");
            Await.until("the end is told", () -> !newest(LOSS.alertId()).open());
            again.opened(LOSS);
            again.opened(Alerts.open("input/other/overall", 13));
            Await.until("the next is told", () -> log.read().size() == 2);
        }
        assertThat(log.told()).hasSize(told + 2);
        assertThat(resets).hasValue(1);
    }

    @Test
    void anAlarmNobodyWatchesAnyMoreIsClosed() {
        DriftAlert kept = Alerts.open("outcome/auc/cold", 20);
        try (AlarmDesk desk = desk()) {
            desk.opened(LOSS);
            desk.opened(kept);
            awaitActed();
        }
        try (AlarmDesk again = desk()) {
            again.keepOpen(Set.of(kept.key()));
            Await.until("the other is closed", () -> !newest(LOSS.alertId()).open());
            assertThat(newest(kept.alertId()).open()).isTrue();
        }
    }

    @Test
    void alertsWaitForALogThatIsAwayAndTheNewestStateArrives() {
        try (AlarmDesk desk = desk()) {
            desk.opened(LOSS);
            awaitActed();
            log.away(true);
            desk.opened(Alerts.open("outcome/auc/cold", 20));
            desk.closed(LOSS.key(), "it is back");
            Await.until(
                    "two wait",
                    () -> meters.get("coldstream.drift.alerts.unpublished")
                                    .gauge()
                                    .value()
                            == 2);
            log.away(false);
            Await.until(
                    "nothing waits",
                    () -> log.read().size() == 2 && !newest(LOSS.alertId()).open());
        }
        assertThat(newest(Alerts.open("outcome/auc/cold", 20).alertId()).actions())
                .extracting(Action::outcome)
                .containsExactly(Outcome.COOLING);
    }

    @Test
    void alertsOfOthersAreLeftAlone() {
        DriftAlert others = LOSS.with(
                new Action("reset-gate", Outcome.PENDING, "", Alerts.NOON, java.util.Optional.empty()), Alerts.NOON);
        log.append(others);
        try (AlarmDesk desk = new AlarmDesk(
                new AlarmDesk.Owner("ctr", "console"),
                log,
                new Responses(
                        ActionConfig.from(Settings.of(ActionConfig.SETTINGS, Map.of())), Map.of(), () -> Alerts.NOON),
                meters,
                () -> Alerts.NOON)) {
            desk.start();
            desk.opened(Alerts.open("freshness/lag/overall", 1));
            Await.until("its own is told", () -> log.told().size() == 2);
            assertThat(desk.alerts()).extracting(DriftAlert::layer).containsExactly("freshness");
        }
        assertThat(resets).hasValue(0);
    }

    @Test
    void whatIsOpenIsCountedByLayerAndSeverity() {
        try (AlarmDesk desk = desk()) {
            desk.opened(LOSS);
            desk.opened(Alerts.open("somewhere/else/overall", 3));
            Await.until("both are told", () -> log.read().size() == 2);
            Await.until("both are counted", () -> List.of("outcome", "other").stream()
                    .allMatch(layer -> meters.get("coldstream.drift.alerts.open")
                                    .tags("layer", layer, "severity", "critical")
                                    .gauge()
                                    .value()
                            == 1));
            assertThat(meters.get("coldstream.drift.alerts")
                            .tags("layer", "outcome", "severity", "critical")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }
}
