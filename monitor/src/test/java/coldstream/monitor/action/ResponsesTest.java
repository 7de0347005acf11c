package coldstream.monitor.action;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Action;
import coldstream.domain.DriftAlert.Action.Outcome;
import coldstream.monitor.Alerts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every action has a record and an end, and none is done more often than is allowed. */
class ResponsesTest {

    private static final DriftAlert FIRST = Alerts.open("outcome/logloss/overall", 10);
    private static final DriftAlert SECOND = Alerts.open("outcome/logloss/cold", 20);

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Alerts.NOON;

    /** An executor whose calls are counted and may fail. */
    private final class Freeze implements ActionExecutor {

        int starts;
        int ends;
        int failures;
        boolean mayPass = true;

        @Override
        public Done start(DriftAlert cause) throws ActionException {
            starts++;
            if (failures-- > 0) {
                throw new ActionException("away", mayPass, null);
            }
            return new Done("frozen", true, Optional.of(now.plusSeconds(3600)));
        }

        @Override
        public boolean endsEarly() {
            return true;
        }

        @Override
        public String end(DriftAlert cause) throws ActionException {
            ends++;
            if (failures-- > 0) {
                throw new ActionException("away", mayPass, null);
            }
            return "thawed";
        }
    }

    private final Freeze freeze = new Freeze();

    private Responses responses(Map<String, String> settings) {
        ActionConfig config = ActionConfigTest.with(Map.of("drift.rules", "outcome=freeze-promotion"));
        if (!settings.isEmpty()) {
            config = ActionConfigTest.with(settings);
        }
        var responses =
                new Responses(config, Map.of(ActionKind.FREEZE_PROMOTION, freeze), () -> now, null, (delay, task) -> {
                    pauses.add(delay);
                    tasks.add(task);
                });
        responses.begin(List.of(), (alert, action) -> told.add(line(alert, action)));
        return responses;
    }

    private static String line(String alert, Action action) {
        return alert.substring(alert.lastIndexOf('-') + 1) + " " + action.name() + " " + action.outcome() + " "
                + action.detail();
    }

    private void work() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static DriftAlert with(DriftAlert alert, Outcome outcome) {
        return alert.with(
                new Action(
                        "freeze-promotion", outcome, "frozen", Alerts.NOON, Optional.of(Alerts.NOON.plusSeconds(3600))),
                Alerts.NOON);
    }

    @Test
    void anActionIsBegunForItsAlertAndEndedWithIt() {
        Responses responses = responses(Map.of());

        assertThat(responses.opened(FIRST)).extracting(Action::outcome).containsExactly(Outcome.PENDING);
        work();
        assertThat(told).containsExactly("10 freeze-promotion started frozen");
        assertThat(responses.closed(with(FIRST, Outcome.STARTED))).isEmpty();
        work();

        assertThat(told).endsWith("10 freeze-promotion ended thawed");
        assertThat(freeze.starts).isEqualTo(1);
        assertThat(freeze.ends).isEqualTo(1);
    }

    @Test
    void twoAlertsShareOneActionAndTheLastToCloseEndsIt() {
        Responses responses = responses(Map.of());
        responses.opened(FIRST);
        work();

        List<Action> joined = responses.opened(SECOND);
        assertThat(joined).extracting(Action::outcome).containsExactly(Outcome.STARTED);
        assertThat(joined.get(0).until()).contains(Alerts.NOON.plusSeconds(3600));
        assertThat(responses.closed(with(FIRST, Outcome.STARTED)))
                .extracting(Action::detail)
                .containsExactly("goes on for " + SECOND.alertId());
        work();
        assertThat(freeze.ends).isZero();
        responses.closed(with(SECOND, Outcome.STARTED));
        work();

        assertThat(freeze.starts).isEqualTo(1);
        assertThat(freeze.ends).isEqualTo(1);
        assertThat(told).endsWith("20 freeze-promotion ended thawed");
    }

    @Test
    void anActionIsNotRepeatedBeforeItHasCooledDown() {
        Responses responses = responses(Map.of());
        responses.opened(FIRST);
        work();
        responses.closed(with(FIRST, Outcome.STARTED));
        work();

        now = now.plus(Duration.ofMinutes(29));
        assertThat(responses.opened(SECOND)).extracting(Action::outcome).containsExactly(Outcome.COOLING);
        now = now.plus(Duration.ofMinutes(2));
        assertThat(responses.opened(Alerts.open("outcome/auc/overall", 30)))
                .extracting(Action::outcome)
                .containsExactly(Outcome.PENDING);
        work();
        assertThat(freeze.starts).isEqualTo(2);
    }

    @Test
    void whatOpenedWhileAnActionCooledIsActedOnOnceWhenItHasIfItIsOpenStill() {
        Responses responses = responses(Map.of());
        responses.opened(FIRST);
        work();
        responses.closed(with(FIRST, Outcome.STARTED));
        work();
        DriftAlert third = Alerts.open("outcome/auc/overall", 30);
        DriftAlert fourth = Alerts.open("outcome/auc/cold", 40);

        now = now.plus(Duration.ofMinutes(10));
        responses.opened(SECOND);
        responses.opened(third);
        List<Action> cooling = responses.opened(fourth);
        assertThat(cooling)
                .extracting(Action::detail)
                .containsExactly("not before " + Alerts.NOON.plus(Duration.ofMinutes(30)) + ", and then if it lasts");
        assertThat(pauses).last().isEqualTo(Duration.ofMinutes(20).plusMillis(1));
        responses.closed(SECOND);
        now = now.plus(Duration.ofMinutes(20));
        work();

        assertThat(freeze.starts).isEqualTo(2);
        assertThat(told)
                .endsWith(
                        "30 freeze-promotion pending ",
                        "40 freeze-promotion pending with " + third.alertId(),
                        "30 freeze-promotion started frozen",
                        "40 freeze-promotion started frozen")
                .noneMatch(line -> line.startsWith("20 "));
    }

    @Test
    void whatWaitsForAnActionToCoolWaitsOnAfterARestart() {
        Responses responses = responses(Map.of());
        now = now.plus(Duration.ofMinutes(10));
        responses.begin(
                List.of(with(FIRST, Outcome.ENDED), with(SECOND, Outcome.COOLING)),
                (alert, action) -> told.add(line(alert, action)));
        assertThat(pauses).containsExactly(Duration.ofMinutes(20).plusMillis(1));
        now = now.plus(Duration.ofMinutes(20));
        work();
        assertThat(told).last().isEqualTo("20 freeze-promotion started frozen");
    }

    @Test
    void whatEndsByItselfIsNotedAndTheAlarmMayGoOn() {
        Responses responses = responses(Map.of());
        responses.opened(FIRST);
        work();
        responses.look();
        assertThat(told).hasSize(1);
        now = now.plusSeconds(3600);
        responses.look();
        responses.look();

        assertThat(told).hasSize(2).last().isEqualTo("10 freeze-promotion ended frozen");
        assertThat(responses.closed(with(FIRST, Outcome.ENDED))).isEmpty();
        work();
        assertThat(freeze.ends).isZero();
    }

    @Test
    void aFailureThatMayPassIsTriedAgainWithGrowingPausesAndABound() {
        freeze.failures = 100;
        Responses responses = responses(
                Map.of("drift.rules", "outcome=freeze-promotion", "drift.attempts", "4", "drift.retry-pause", "3s"));
        responses.opened(FIRST);
        work();

        assertThat(freeze.starts).isEqualTo(4);
        assertThat(pauses)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(12));
        assertThat(told).first().isEqualTo("10 freeze-promotion pending try 1 of 4: away");
        assertThat(told).last().isEqualTo("10 freeze-promotion failed away");
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        freeze.failures = 100;
        freeze.mayPass = false;
        Responses responses = responses(Map.of());
        responses.opened(FIRST);
        work();

        assertThat(freeze.starts).isEqualTo(1);
        assertThat(told).containsExactly("10 freeze-promotion failed away");
    }

    @Test
    void anAlarmThatClosesFirstIsNotActedOn() {
        freeze.failures = 1;
        Responses responses = responses(Map.of());
        responses.opened(FIRST);
        tasks.remove().run();
        assertThat(responses.closed(with(FIRST, Outcome.PENDING)))
                .extracting(Action::outcome)
                .containsExactly(Outcome.ENDED);
        work();

        assertThat(freeze.starts).isEqualTo(1);
        assertThat(freeze.ends).isZero();
    }

    @Test
    void anEndThatFailsIsTriedAgain() {
        Responses responses = responses(Map.of());
        responses.opened(FIRST);
        work();
        freeze.failures = 2;
        responses.closed(with(FIRST, Outcome.STARTED));
        work();

        assertThat(freeze.ends).isEqualTo(3);
        assertThat(told).last().isEqualTo("10 freeze-promotion ended thawed");
    }

    @Test
    void actionsCanBeTurnedOffEachAndAllTogether() {
        Responses one =
                responses(Map.of("drift.rules", "outcome=freeze-promotion", "drift.actions-off", "freeze-promotion"));
        Responses all = responses(Map.of("drift.rules", "outcome=freeze-promotion", "drift.actions", "false"));

        assertThat(one.opened(FIRST)).extracting(Action::outcome).containsExactly(Outcome.OFF);
        assertThat(all.opened(FIRST)).extracting(Action::outcome).containsExactly(Outcome.OFF);
        work();
        assertThat(freeze.starts).isZero();
    }

    @Test
    void freshScoresAreOfAStratumEach() {
        List<String> asked = new ArrayList<>();
        var responses = new Responses(
                ActionConfigTest.with(Map.of("drift.rules", "guidance=fresh-scores")),
                Map.of(
                        ActionKind.FRESH_SCORES,
                        new FreshScores(
                                (alert, stratum, most) -> {
                                    asked.add(stratum + " " + most);
                                    return 3;
                                },
                                7)),
                () -> now,
                null,
                (delay, task) -> tasks.add(task));
        responses.begin(List.of(), (alert, action) -> told.add(line(alert, action)));
        responses.opened(Alerts.open("guidance/agreement/cold_tail", 1));
        responses.opened(Alerts.open("guidance/agreement/cold_new", 2));
        work();
        assertThat(responses.opened(Alerts.open("guidance/agreement/cold_new", 3)))
                .extracting(Action::outcome)
                .containsExactly(Outcome.COOLING);

        assertThat(asked).containsExactly("cold_tail 7", "cold_new 7");
        assertThat(told).first().isEqualTo("1 fresh-scores ended asked about 3 users of cold_tail, at most 7");
    }

    @Test
    void whatCannotBeDoneHereIsSaidAndDoesNotCool() {
        Responses responses = responses(Map.of("drift.rules", "outcome=roll-back"));

        List<Action> noted = responses.opened(FIRST);
        assertThat(noted).extracting(Action::outcome).containsExactly(Outcome.OFF);
        assertThat(noted).extracting(Action::detail).containsExactly("it cannot be done here");
    }

    @Test
    void aRestartGoesOnWithWhatWasInEffectAndOnItsWay() {
        Responses first = responses(Map.of());
        first.begin(List.of(with(FIRST, Outcome.STARTED)), (alert, action) -> told.add(line(alert, action)));
        work();
        assertThat(freeze.starts).isZero();
        first.closed(with(FIRST, Outcome.STARTED));
        work();
        assertThat(told).containsExactly("10 freeze-promotion ended thawed");

        Responses second = responses(Map.of());
        second.begin(List.of(with(SECOND, Outcome.PENDING)), (alert, action) -> told.add(line(alert, action)));
        work();
        assertThat(told).last().isEqualTo("20 freeze-promotion started frozen");

        Responses third = responses(Map.of());
        third.begin(List.of(with(FIRST, Outcome.ENDED)), (alert, action) -> told.add(line(alert, action)));
        assertThat(third.opened(SECOND)).extracting(Action::outcome).containsExactly(Outcome.COOLING);
    }
}
