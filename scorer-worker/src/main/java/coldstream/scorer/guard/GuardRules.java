package coldstream.scorer.guard;

import static coldstream.domain.Check.check;

import java.time.Duration;

/**
 * When an endpoint is left alone, and how often a request is tried.
 *
 * @param failureRate share of the last calls that must fail to open the circuit, in (0, 1]
 * @param calls looked back at
 * @param pause of an open circuit before the first probe; doubles with every probe that fails
 * @param longestPause that it grows to
 * @param attempts of a request each time it is handed out, 1 to 20
 * @param retryPause before the second attempt; doubles with each, and half of it is chance
 */
public record GuardRules(
        double failureRate, int calls, Duration pause, Duration longestPause, int attempts, Duration retryPause) {

    public static final GuardRules DEFAULTS =
            new GuardRules(0.5, 20, Duration.ofSeconds(5), Duration.ofMinutes(1), 3, Duration.ofMillis(500));

    public GuardRules {
        check(
                failureRate > 0 && failureRate <= 1,
                "scorer.breaker.failure-rate must be in (0, 1], got %s",
                failureRate);
        check(calls >= 1 && calls <= 1000, "scorer.breaker.calls must be 1 to 1000, got %d", calls);
        check(pause.toMillis() >= 1, "scorer.breaker.pause must be at least 1ms, got %s", pause);
        check(
                longestPause.compareTo(pause) >= 0,
                "scorer.breaker.longest-pause must not be less than scorer.breaker.pause, got %s",
                longestPause);
        check(attempts >= 1 && attempts <= 20, "scorer.retry.attempts must be 1 to 20, got %d", attempts);
        check(retryPause.toMillis() >= 1, "scorer.retry.pause must be at least 1ms, got %s", retryPause);
    }
}
