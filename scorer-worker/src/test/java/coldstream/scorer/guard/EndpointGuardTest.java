package coldstream.scorer.guard;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.Source;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.scorer.guard.EndpointGuard.Leave;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class EndpointGuardTest {

    private static final Outcome GOOD = new Scored(List.of(1.0), new Source("m", "p", 1), Usage.NONE);

    private final Time time = new Time();
    private final EndpointGuard guard = new EndpointGuard(GuardRules.DEFAULTS, time);

    @Test
    void opensAfterFiveFailuresAndIsProbedAfterThePause() {
        fail(Fault.CONNECTION, 5);

        assertThat(guard.shut()).isTrue();
        assertThat(guard.leave()).isEmpty();
        assertThat(guard.state()).isEqualTo("open");
        time.pass(GuardRules.DEFAULTS.pause().plusMillis(1));
        assertThat(guard.shut()).isFalse();
        assertThat(guard.leave())
                .hasValueSatisfying(leave -> assertThat(leave.circuitClosed()).isFalse());
    }

    /** An hour in steps of a second: how often it is probed, and that no failure counts against a request. */
    @Test
    void anEndpointThatIsGoneForAnHourIsProbedAboutOnceAMinuteAndComesBackByItself() {
        fail(Fault.CONNECTION, 5);
        int probes = 0;
        for (int second = 0; second < 3600; second++) {
            time.pass(Duration.ofSeconds(1));
            Optional<Leave> leave = guard.leave();
            if (leave.isPresent()) {
                probes++;
                assertThat(guard.report(leave.get(), new TryAgain(Fault.CONNECTION, "gone")))
                        .isFalse();
            }
        }
        assertThat(probes).isBetween(60, 140);

        int succeeded = 0;
        for (int second = 0; second < 120; second++) {
            time.pass(Duration.ofSeconds(1));
            Optional<Leave> leave = guard.leave();
            if (leave.isPresent()) {
                guard.report(leave.get(), GOOD);
                succeeded++;
            }
        }
        assertThat(guard.state()).isEqualTo("closed");
        assertThat(succeeded).isGreaterThan(50);
    }

    @Test
    void retryAfterHoldsForEveryRequestAndCostsNoneOfThemAnAttempt() {
        Outcome busy = new TryAgain(Fault.RATE_LIMITED, "429", Optional.of(Duration.ofSeconds(7)), Usage.NONE);

        assertThat(guard.report(guard.leave().orElseThrow(), busy)).isFalse();

        assertThat(guard.shut()).isTrue();
        assertThat(guard.leave()).isEmpty();
        time.pass(Duration.ofSeconds(7));
        assertThat(guard.leave()).isPresent();
    }

    @Test
    void anAbsurdRetryAfterIsBounded() {
        Outcome busy = new TryAgain(Fault.RATE_LIMITED, "429", Optional.of(Duration.ofDays(99)), Usage.NONE);
        guard.report(guard.leave().orElseThrow(), busy);

        time.pass(EndpointGuard.LONGEST_AFTER);

        assertThat(guard.shut()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = Mode.INCLUDE,
            names = {"REQUEST_REFUSED", "UNREADABLE"})
    void anEndpointThatRefusesSingleRequestsIsNotIll(Fault fault) {
        for (int k = 0; k < 50; k++) {
            guard.report(guard.leave().orElseThrow(), new Refused(fault, "no", Usage.NONE));
        }

        assertThat(guard.shut()).isFalse();
        assertThat(EndpointGuard.passes(new Refused(fault, "no", Usage.NONE))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = Mode.INCLUDE,
            names = {"KEY_REFUSED", "REDIRECTED"})
    void anEndpointThatRefusesEverybodyIsIllAndNoRequestPaysForIt(Fault fault) {
        Outcome refused = new Refused(fault, "no", Usage.NONE);
        for (int k = 0; k < 5; k++) {
            guard.report(guard.leave().orElseThrow(), refused);
        }

        assertThat(guard.shut()).isTrue();
        assertThat(EndpointGuard.passes(refused)).isTrue();
    }

    @Test
    void pausesGrowAndAreScattered() {
        for (int failures = 1; failures < 20; failures++) {
            double middle = Math.min(30_000, 500 * Math.pow(2, failures - 1));
            assertThat((double) guard.pause(failures).toMillis()).isBetween(middle * 0.5 - 1, middle * 1.5 + 1);
        }
        assertThat(List.of(guard.pause(5), guard.pause(5), guard.pause(5), guard.pause(5)))
                .matches(pauses -> pauses.stream().distinct().count() > 1);
    }

    private void fail(Fault fault, int times) {
        for (int k = 0; k < times; k++) {
            guard.report(guard.leave().orElseThrow(), new TryAgain(fault, "ill"));
        }
    }

    /** A clock that only the test moves. */
    private static final class Time extends Clock {

        private Instant now = Instant.parse("2026-01-31T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
