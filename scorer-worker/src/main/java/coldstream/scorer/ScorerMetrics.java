package coldstream.scorer;

import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.scorer.Decision.Why;
import coldstream.scorer.budget.Prices;
import coldstream.wire.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    private final Counter scored;
    private final Counter tryAgain;
    private final Counter refused;
    private final Counter promptTokens;
    private final Counter completionTokens;
    private final Counter stored;
    private final Counter notStored;
    private final Counter cost;
    private final Counter redelivered;
    private final Counter lost;
    private final Counter uncoordinated;
    private final Timer age;
    private final Map<String, Timer> latency = new HashMap<>();
    private final Map<Why, Counter> dropped = new EnumMap<>(Why.class);
    private final Map<Refusal.Reason, Counter> dead = new EnumMap<>(Refusal.Reason.class);

    private final Prices prices;
    private final InstantSource clock;

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
        for (Why why : Why.values()) {
            dropped.put(
                    why,
                    Counter.builder("coldstream.score.requests.dropped")
                            .description("Requests acknowledged without an answer")
                            .tag("reason", why.tag())
                            .register(meters));
        }
        for (String outcome : List.of("scored", "try_again", "refused")) {
            latency.put(
                    outcome,
                    Timer.builder("coldstream.llm.latency")
                            .description("From a question to what came of it, every call of it together")
                            .tag("outcome", outcome)
                            .serviceLevelObjectives(LATENCIES)
                            .register(meters));
        }
        scored = outcome(meters, "scored");
        tryAgain = outcome(meters, "try_again");
        refused = outcome(meters, "refused");
        promptTokens = tokens(meters, "prompt");
        completionTokens = tokens(meters, "completion");
        stored = store(meters, "stored");
        notStored = store(meters, "store_away");
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            dead.put(
                    reason,
                    Counter.builder("coldstream.dlq")
                            .description("Records that could not be processed")
                            .tag("reason", reason.tag())
                            .register(meters));
        }
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

    private static Counter outcome(MeterRegistry meters, String outcome) {
        return Counter.builder("coldstream.llm.requests")
                .description("Requests to the language model")
                .tag("outcome", outcome)
                .register(meters);
    }

    private static Counter tokens(MeterRegistry meters, String kind) {
        return Counter.builder("coldstream.llm.tokens")
                .description("Tokens the language model read and wrote")
                .tag("kind", kind)
                .register(meters);
    }

    private static Counter store(MeterRegistry meters, String result) {
        return Counter.builder("coldstream.soft.scores")
                .description("Scores of single items, by whether the score store took them")
                .tag("result", result)
                .register(meters);
    }

    void asked(Outcome outcome) {
        if (outcome instanceof Scored) {
            scored.increment();
        } else if (outcome instanceof TryAgain) {
            tryAgain.increment();
        } else {
            refused.increment();
        }
        cost.increment(
                prices.micros(outcome.usage().promptTokens(), outcome.usage().completionTokens()) / 1e6);
        promptTokens.increment((double) outcome.usage().promptTokens());
        completionTokens.increment((double) outcome.usage().completionTokens());
    }

    /** As {@link #asked(Outcome)}, with the time it took. */
    void asked(Outcome outcome, Duration took) {
        asked(outcome);
        String name = outcome instanceof Scored ? "scored" : outcome instanceof TryAgain ? "try_again" : "refused";
        Timer timer = latency.get(name);
        if (timer != null) {
            timer.record(took);
        }
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
        Counter counter = dropped.get(why);
        if (counter != null) {
            counter.increment();
        }
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
        stored.increment((double) scores);
    }

    void notStored(long scores) {
        notStored.increment((double) scores);
    }

    void dead(Refusal.Reason reason) {
        Counter counter = dead.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    long scored() {
        return (long) scored.count();
    }

    long failures() {
        return (long) (tryAgain.count() + refused.count());
    }

    long stored() {
        return (long) stored.count();
    }
}
