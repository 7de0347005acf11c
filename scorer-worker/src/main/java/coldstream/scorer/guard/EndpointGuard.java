package coldstream.scorer.guard;

import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.TryAgain;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the endpoint may be asked now, and when a failed request is tried again.
 *
 * <p>The circuit opens when too many of the last calls failed by the endpoint's fault; then a probe now and then decides.
 * What the endpoint says by {@code Retry-After} holds for every request, up to {@link #LONGEST_AFTER}. A failure while the
 * circuit is not closed counts against the endpoint, never against the request: an endpoint that is gone for an hour costs
 * no request one of its attempts.
 */
public final class EndpointGuard {

    /** An endpoint that asks for more is asked again then all the same. */
    public static final Duration LONGEST_AFTER = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(EndpointGuard.class);
    private static final int PROBES = 2;
    private static final int LEAST_CALLS = 5;
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    /** The endpoint cannot be reached, does not answer as one, or takes nobody's question. */
    private static final Set<Fault> ENDPOINT = Set.of(
            Fault.RATE_LIMITED,
            Fault.SERVER_FAULT,
            Fault.TIMED_OUT,
            Fault.CONNECTION,
            Fault.KEY_REFUSED,
            Fault.REDIRECTED);

    private final CircuitBreaker breaker;
    private final IntervalFunction pauses;
    private final GuardRules rules;
    private final Clock clock;
    private volatile Instant quietUntil = Instant.MIN;

    public EndpointGuard(GuardRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
        this.pauses = IntervalFunction.ofExponentialRandomBackoff(rules.retryPause(), 2, 0.5, LONGEST_RETRY);
        this.breaker = CircuitBreaker.of(
                "language-model",
                CircuitBreakerConfig.custom()
                        .clock(clock)
                        .failureRateThreshold((float) (100 * rules.failureRate()))
                        .slidingWindowSize(rules.calls())
                        .minimumNumberOfCalls(Math.min(LEAST_CALLS, rules.calls()))
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialBackoff(rules.pause(), 2, rules.longestPause()))
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> LOG.atWarn()
                .addKeyValue("from", event.getStateTransition().getFromState())
                .addKeyValue("to", event.getStateTransition().getToState())
                .log("the circuit to the language model has changed"));
    }

    /** Whether no question has a chance now. */
    public boolean shut() {
        if (clock.instant().isBefore(quietUntil)) {
            return true;
        }
        if (breaker.getState() != CircuitBreaker.State.OPEN) {
            return false;
        }
        if (!breaker.tryAcquirePermission()) { // which is also what ends a pause that is over
            return true;
        }
        breaker.releasePermission();
        return false;
    }

    /** A leave to ask once: hand the outcome to {@link #report}, or end it by {@link #unused}. */
    public record Leave(boolean circuitClosed, Instant since) {}

    /** A leave, or nothing while the circuit is open or the endpoint wants to be left alone. */
    public Optional<Leave> leave() {
        if (clock.instant().isBefore(quietUntil)) {
            return Optional.empty();
        }
        boolean closed = breaker.getState() == CircuitBreaker.State.CLOSED;
        return breaker.tryAcquirePermission() ? Optional.of(new Leave(closed, clock.instant())) : Optional.empty();
    }

    public void unused(Leave leave) {
        breaker.releasePermission();
    }

    /** What the question of a leave came to; true if a failure counts against the request. */
    public boolean report(Leave leave, Outcome outcome) {
        Optional<Fault> fault = fault(outcome);
        Optional<Duration> after = outcome instanceof TryAgain again ? again.after() : Optional.empty();
        after.ifPresent(this::keepQuiet);
        long took = Duration.between(leave.since(), clock.instant()).toNanos();
        if (fault.isPresent() && ENDPOINT.contains(fault.get())) {
            breaker.onError(took, TimeUnit.NANOSECONDS, new EndpointFailure(fault.get()));
            return leave.circuitClosed() && after.isEmpty();
        }
        if (fault.isPresent() && fault.get() == Fault.NOT_READY) {
            breaker.releasePermission();
            return true;
        }
        breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        return true;
    }

    private static Optional<Fault> fault(Outcome outcome) {
        if (outcome instanceof TryAgain again) {
            return Optional.of(again.fault());
        }
        return outcome instanceof Refused refused ? Optional.of(refused.fault()) : Optional.empty();
    }

    /** Whether asking again may pass: what the endpoint could not do, and what was refused for every question alike. */
    public static boolean passes(Outcome outcome) {
        return outcome instanceof TryAgain
                || (outcome instanceof Refused refused && ENDPOINT.contains(refused.fault()));
    }

    private void keepQuiet(Duration time) {
        Duration bounded = time.compareTo(LONGEST_AFTER) < 0 ? time : LONGEST_AFTER;
        Instant until = clock.instant().plus(bounded);
        if (until.isAfter(quietUntil)) {
            quietUntil = until;
        }
    }

    /** Whether a request that failed so often, each time by its own account, has attempts left. */
    public boolean mayTryAgain(int failures) {
        return failures < rules.attempts();
    }

    /**
     * How long a failed request waits before its next attempt.
     *
     * @param failures of the request so far, at least 1
     */
    public Duration pause(int failures) {
        return Duration.ofMillis(pauses.apply(Math.min(failures, 16)));
    }

    /** As metrics name it: {@code closed}, {@code half_open} or {@code open}. */
    public String state() {
        return breaker.getState().name().toLowerCase(Locale.ROOT);
    }

    private static final class EndpointFailure extends RuntimeException {

        private static final long serialVersionUID = 1;

        EndpointFailure(Fault fault) {
            super(fault.tag(), null, false, false);
        }
    }
}
