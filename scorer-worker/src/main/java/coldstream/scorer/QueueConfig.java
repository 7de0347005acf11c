package coldstream.scorer;

import static coldstream.domain.Check.check;

import coldstream.domain.SpendLimits;
import coldstream.scorer.budget.BudgetRules;
import coldstream.scorer.budget.Prices;
import coldstream.scorer.guard.GuardRules;
import coldstream.service.Setting;
import coldstream.service.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How requests are taken, paid for and tried again.
 *
 * @param deliveries after which a request becomes a dead letter, 1 to 8
 * @param lock how long the broker keeps a request for a worker that says nothing
 * @param questionLimit for a whole question to the chat model, all its calls together
 * @param debounce least time between two answers about one user; only where answers cost
 * @param trainer that says how far its gate trusts the language model
 */
record QueueConfig(
        int deliveries,
        Duration lock,
        Duration questionLimit,
        Duration debounce,
        GuardRules guard,
        BudgetRules budget,
        Optional<URI> trainer) {

    private static final double MICROS = 1e6;

    static final Setting<Integer> DELIVERIES = Setting.ofInt(
            "scorer.deliveries", 5, "deliveries", "times a request is handed out before it becomes a dead letter");

    static final Setting<Duration> LOCK = Setting.ofDuration(
            "scorer.request-lock",
            Duration.ofSeconds(30),
            "how long the broker keeps a request for a worker that says nothing; 15s to 60s unless the broker allows more");

    static final Setting<Duration> QUESTION_LIMIT = Setting.ofDuration(
            "scorer.question-limit",
            Duration.ofSeconds(60),
            "longest time for a whole question, all its calls together; then it counts as timed out");

    static final Setting<Duration> DEBOUNCE = Setting.ofDuration(
            "scorer.debounce",
            Duration.ofSeconds(10),
            "least time between two answers about one user, across workers; not for the encoder, which is free");

    static final Setting<Double> FAILURE_RATE = Setting.ofDouble(
            "scorer.breaker.failure-rate",
            GuardRules.DEFAULTS.failureRate(),
            "share",
            "share of the last calls that must fail before the endpoint is left alone");

    static final Setting<Integer> BREAKER_CALLS = Setting.ofInt(
            "scorer.breaker.calls", GuardRules.DEFAULTS.calls(), "calls", "last calls that the share is taken of");

    static final Setting<Duration> BREAKER_PAUSE = Setting.ofDuration(
            "scorer.breaker.pause",
            GuardRules.DEFAULTS.pause(),
            "how long an ill endpoint is left alone before it is probed; doubles with every probe that fails");

    static final Setting<Duration> BREAKER_LONGEST_PAUSE = Setting.ofDuration(
            "scorer.breaker.longest-pause", GuardRules.DEFAULTS.longestPause(), "what that pause grows to");

    static final Setting<Integer> ATTEMPTS = Setting.ofInt(
            "scorer.retry.attempts",
            GuardRules.DEFAULTS.attempts(),
            "attempts",
            "tries of a request each time it is handed out");

    static final Setting<Duration> RETRY_PAUSE = Setting.ofDuration(
            "scorer.retry.pause",
            GuardRules.DEFAULTS.retryPause(),
            "pause before the second try; doubles with each, and half of it is chance");

    static final Setting<Long> REQUESTS_PER_MINUTE = Setting.ofLong(
            "scorer.budget.requests-per-minute", 0, "calls", "most calls of all workers in any minute; 0 for no limit");

    static final Setting<Long> TOKENS_PER_MINUTE = Setting.ofLong(
            "scorer.budget.tokens-per-minute", 0, "tokens", "most tokens of all workers in any minute; 0 for no limit");

    static final Setting<Long> TOKENS_PER_DAY = Setting.ofLong(
            "scorer.budget.tokens-per-day", 0, "tokens", "most tokens of all workers in a day by UTC; 0 for no limit");

    static final Setting<Double> MONEY_PER_DAY = Setting.ofDouble(
            "scorer.budget.money-per-day", 0, "money", "most money of all workers in a day by UTC; 0 for no limit");

    static final Setting<Double> PROMPT_PRICE = Setting.ofDouble(
            "scorer.budget.prompt-price", 0, "money", "price of a million tokens read by the chat model");

    static final Setting<Double> COMPLETION_PRICE = Setting.ofDouble(
            "scorer.budget.completion-price", 0, "money", "price of a million tokens written by the chat model");

    static final Setting<Double> LOCAL_SHARE = Setting.ofDouble(
            "scorer.budget.local-share",
            BudgetRules.UNLIMITED.localShare(),
            "share",
            "share of every limit that one worker keeps to while Redis is away");

    static final Setting<Duration> PATIENCE = Setting.ofDuration(
            "scorer.budget.patience",
            BudgetRules.UNLIMITED.patience(),
            "longest wait for money before a request is dropped; audits wait on");

    static final Setting<Optional<String>> TRAINER_URL = Setting.ofOptionalString(
            "scorer.trainer-url",
            "trainer that says how far its gate trusts which answers, such as http://localhost:8083; questions are worth more"
                    + " where it trusts more; empty for the same trust everywhere");

    static final List<Setting<?>> SETTINGS = List.of(
            DELIVERIES,
            LOCK,
            QUESTION_LIMIT,
            DEBOUNCE,
            FAILURE_RATE,
            BREAKER_CALLS,
            BREAKER_PAUSE,
            BREAKER_LONGEST_PAUSE,
            ATTEMPTS,
            RETRY_PAUSE,
            REQUESTS_PER_MINUTE,
            TOKENS_PER_MINUTE,
            TOKENS_PER_DAY,
            MONEY_PER_DAY,
            PROMPT_PRICE,
            COMPLETION_PRICE,
            LOCAL_SHARE,
            PATIENCE,
            TRAINER_URL);

    QueueConfig {
        check(
                deliveries >= 1 && deliveries <= KafkaClients.BROKER_DELIVERIES - 2,
                "scorer.deliveries must be 1 to %d, got %d",
                KafkaClients.BROKER_DELIVERIES - 2,
                deliveries);
        check(lock.toMillis() >= 1000, "scorer.request-lock must be at least 1s, got %s", lock);
        check(questionLimit.toMillis() >= 100, "scorer.question-limit must be at least 100ms, got %s", questionLimit);
        check(!debounce.isNegative(), "scorer.debounce must not be negative, got %s", debounce);
    }

    static QueueConfig from(Settings settings) {
        return new QueueConfig(
                settings.get(DELIVERIES),
                settings.get(LOCK),
                settings.get(QUESTION_LIMIT),
                settings.get(DEBOUNCE),
                new GuardRules(
                        settings.get(FAILURE_RATE),
                        settings.get(BREAKER_CALLS),
                        settings.get(BREAKER_PAUSE),
                        settings.get(BREAKER_LONGEST_PAUSE),
                        settings.get(ATTEMPTS),
                        settings.get(RETRY_PAUSE)),
                new BudgetRules(
                        new SpendLimits(
                                settings.get(REQUESTS_PER_MINUTE),
                                settings.get(TOKENS_PER_MINUTE),
                                settings.get(TOKENS_PER_DAY),
                                Math.round(settings.get(MONEY_PER_DAY) * MICROS)),
                        new Prices(settings.get(PROMPT_PRICE), settings.get(COMPLETION_PRICE)),
                        settings.get(LOCAL_SHARE),
                        settings.get(PATIENCE)),
                settings.get(TRAINER_URL).map(URI::create));
    }
}
