package coldstream.scorer;

import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.scorer.Decision.Why;
import coldstream.scorer.budget.Prices;
import coldstream.scorer.metrics.TaggedCounters;
import coldstream.scorer.metrics.TokenCounters;
import coldstream.wire.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the worker counts. Requests to the language model = scored + try_again + refused; a request that is handed out again
 * counts again. Alert when try_again outweighs scored: the endpoint is ill, and guidance has stopped.
 */
final class ScorerMetrics {

    private static final Duration[] AGES = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
    };

    private static final Duration[] LATENCIES = {
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Duration.ofMinutes(1),
    };

    /** What came of a question. */
    private enum Result {
        SCORED,
        TRY_AGAIN,
        REFUSED;

        static Result of(Outcome outcome) {
            return outcome instanceof Scored ? SCORED : outcome instanceof TryAgain ? TRY_AGAIN : REFUSED;
        }
    }

    /** What became of scores. */
    private enum Stored {
        STORED,
        STORE_AWAY
    }

    private final TaggedCounters<Result> results;
    private final TokenCounters tokens;
    private final TaggedCounters<Stored> stored;
    private final Counter cost;
    private final Counter redelivered;
    private final Counter lost;
    private final Counter uncoordinated;
    private final Timer age;
    private final Map<Result, Timer> latency = new EnumMap<>(Result.class);
    private final TaggedCounters<Why> dropped;
    private final TaggedCounters<Refusal.Reason> dead;

    private final Prices prices;
    private final InstantSource clock;
    private volatile double newest = Double.NaN;

    ScorerMetrics(MeterRegistry meters, Catalogue catalogue, Prices prices, InstantSource clock) {
        this.prices = prices;
        this.clock = clock;
        cost = Counter.builder("coldstream.llm.cost")
                .description("Money the language model took, by scorer.budget.prompt-price and completion-price")
                .register(meters);
        redelivered = counter(meters, "coldstream.score.requests.redelivered", "Requests that were handed out before");
        lost = counter(
                meters,
                "coldstream.score.requests.lost",
                "Requests whose lock ended before their acknowledgement; another worker answers them");
        uncoordinated = counter(
                meters,
                "coldstream.score.requests.uncoordinated",
                "Calls to Redis for a user's claim that failed; the requests go on without");
        age = Timer.builder("coldstream.llm.queue.age")
                .description("From the request to its settlement")
                .serviceLevelObjectives(AGES)
                .register(meters);
        dropped = TaggedCounters.of(
                meters,
                "coldstream.score.requests.dropped",
                "Requests acknowledged without an answer",
                "reason",
                Why.class,
                Why::tag);
        for (Result result : Result.values()) {
            latency.put(
                    result,
                    Timer.builder("coldstream.llm.latency")
                            .description("From a question to what came of it, every call of it together")
                            .tag("outcome", result.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(LATENCIES)
                            .register(meters));
        }
        results = TaggedCounters.of(
                meters, "coldstream.llm.requests", "Requests to the language model", "outcome", Result.class);
        tokens = new TokenCounters(meters, "coldstream.llm.tokens", "Tokens the language model read and wrote");
        stored = TaggedCounters.of(
                meters,
                "coldstream.soft.scores",
                "Scores of single items, by whether the score store took them",
                "result",
                Stored.class);
        dead = TaggedCounters.of(
                meters,
                "coldstream.dlq",
                "Records that could not be processed",
                "reason",
                Refusal.Reason.class,
                Refusal.Reason::tag);
        Gauge.builder("coldstream.soft.scores.newest.timestamp.seconds", () -> newest)
                .description("When this worker stored scores last, in seconds since 1970; NaN before the first")
                .register(meters);
        Gauge.builder("coldstream.items", catalogue, Catalogue::itemCount)
                .description("Items announced and not retired")
                .register(meters);
        Gauge.builder("coldstream.item.vectors", catalogue, Catalogue::vectorCount)
                .description("Items whose text has a vector")
                .register(meters);
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }

    void asked(Outcome outcome) {
        results.increment(Result.of(outcome));
        tokens.spent(outcome.usage());
        paid(outcome.usage());
    }

    /** As {@link #asked(Outcome)}, with the time it took. */
    void asked(Outcome outcome, Duration took) {
        asked(outcome);
        Objects.requireNonNull(latency.get(Result.of(outcome))).record(took);
    }

    /** @param delivery 1 for the first */
    void handedOut(int delivery) {
        if (delivery > 1) {
            redelivered.increment();
        }
    }

    void settled(Instant requestedAt) {
        age.record(Duration.between(requestedAt, clock.instant()));
    }

    void lost() {
        lost.increment();
    }

    void uncoordinated() {
        uncoordinated.increment();
    }

    void dropped(Why why) {
        dropped.increment(why);
    }

    /** Money for a use of the model, whatever it was for. */
    void paid(Usage usage) {
        cost.increment(prices.micros(usage.promptTokens(), usage.completionTokens()) / 1e6);
    }

    /** Money the language model has taken in this process. */
    double cost() {
        return cost.count();
    }

    void stored(long scores) {
        stored.add(Stored.STORED, (double) scores);
        newest = clock.millis() / 1e3;
    }

    void notStored(long scores) {
        stored.add(Stored.STORE_AWAY, (double) scores);
    }

    void dead(Refusal.Reason reason) {
        dead.increment(reason);
    }

    long scored() {
        return (long) results.count(Result.SCORED);
    }

    long failures() {
        return (long) (results.count(Result.TRY_AGAIN) + results.count(Result.REFUSED));
    }

    long stored() {
        return (long) stored.count(Stored.STORED);
    }
}
