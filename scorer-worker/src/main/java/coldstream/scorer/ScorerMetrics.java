package coldstream.scorer;

import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.wire.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the worker counts. Requests to the language model = scored + try_again + refused; a request that is handed out again
 * counts again. Alert when try_again outweighs scored: the endpoint is ill, and guidance has stopped.
 */
final class ScorerMetrics {

    private final Counter scored;
    private final Counter tryAgain;
    private final Counter refused;
    private final Counter promptTokens;
    private final Counter completionTokens;
    private final Counter stored;
    private final Counter notStored;
    private final Map<Refusal.Reason, Counter> dead = new EnumMap<>(Refusal.Reason.class);

    ScorerMetrics(MeterRegistry meters, Catalogue catalogue) {
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
        promptTokens.increment((double) outcome.usage().promptTokens());
        completionTokens.increment((double) outcome.usage().completionTokens());
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
