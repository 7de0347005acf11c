package coldstream.console.observe;

import coldstream.console.observe.SignalsView.Operation;
import coldstream.console.observe.SignalsView.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Plain numbers of operations that no single service sees together: rates, means and shares are of the last minute. Not
 * thread-safe.
 */
final class Operations {

    static final String EVENTS = "events_per_second";
    static final String SAMPLES = "samples_per_second";
    static final String REQUESTS = "requests_per_second";
    static final String LAG = "trainer_lag";
    static final String QUESTIONS = "score_requests_lag";
    static final String TRAINED = "event_to_trained";
    static final String SERVABLE = "event_to_servable";
    static final String SCORES = "question_to_scores";
    static final String NEWEST_SCORE = "newest_score_age";
    static final String COST = "language_model_cost";
    static final String TOKENS = "language_model_tokens";
    static final String MODEL_FAILURES = "language_model_failures";
    static final String SERVING_FAILURES = "serving_failures";
    static final String DEAD_LETTERS = "dead_letters";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int history;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, Series<Reading>> series = new LinkedHashMap<>();
    private final Map<String, Rise> rises = new LinkedHashMap<>();
    private final Map<String, Double> newest = new LinkedHashMap<>();
    private final Map<String, Reading> last = new LinkedHashMap<>();
    private @Nullable Instant answered;

    private record Kind(
            String group,
            String label,
            String unit,
            @Nullable Double limit) {}

    Operations(int history, Limits limits) {
        this.history = history;
        kind(EVENTS, "throughput", "events accepted", "1/s", null);
        kind(SAMPLES, "throughput", "samples learnt", "1/s", null);
        kind(REQUESTS, "throughput", "requests answered", "1/s", null);
        kind(LAG, "lag", "records that wait for the trainer", "records", (double) limits.lag());
        kind(QUESTIONS, "lag", "questions that wait for scores", "questions", null);
        kind(TRAINED, "freshness", "event to learnt", "s", Limits.seconds(limits.trained()));
        kind(SERVABLE, "freshness", "event to servable", "s", Limits.seconds(limits.servable()));
        kind(SCORES, "freshness", "question to scores", "s", Limits.seconds(limits.scores()));
        kind(NEWEST_SCORE, "freshness", "age of the newest score", "s", null);
        kind(COST, "cost", "money for a thousand events", "currency", null);
        kind(TOKENS, "cost", "tokens of the language model", "1/s", null);
        kind(MODEL_FAILURES, "failures", "share of questions without scores", "share", null);
        kind(SERVING_FAILURES, "failures", "share of requests without an answer", "share", null);
        kind(DEAD_LETTERS, "failures", "records nobody could process", "1/s", null);
    }

    private void kind(String name, String group, String label, String unit, @Nullable Double limit) {
        kinds.put(name, new Kind(group, label, unit, limit));
        series.put(name, new Series<>(history));
    }

    /**
     * Takes in a round.
     *
     * @param dead records in the dead letters so far; empty while nobody knows
     * @return what is new of every number that is known now
     */
    List<Operation> take(Round round, OptionalDouble dead) {
        newest.clear();
        rate(round, EVENTS, round.sum(Places.INGEST, "coldstream_events_total", "result", "accepted"));
        rate(round, SAMPLES, round.sum(Places.LEARNING, "coldstream_samples_trained_total"));
        rate(round, REQUESTS, round.sum(Places.SERVING, "coldstream_serving_requests_seconds_count"));
        rate(round, TOKENS, round.sum(Places.SCORING, "coldstream_llm_tokens_total"));
        rate(round, DEAD_LETTERS, dead);
        round.status().ifPresent(status -> newest.put(LAG, lag(status)));
        known(QUESTIONS, round.largest(Places.SCORING, "coldstream_score_requests_lag"));
        mean(round, TRAINED, Places.LEARNING, "coldstream_event_to_trained_seconds");
        mean(round, SERVABLE, Places.SERVING, "coldstream_event_to_servable_seconds");
        mean(round, SCORES, Places.SCORING, "coldstream_llm_queue_age_seconds");
        scored(round);
        cost(round);
        share(
                round,
                MODEL_FAILURES,
                minus(
                        round.sum(Places.SCORING, "coldstream_llm_requests_total"),
                        round.sum(Places.SCORING, "coldstream_llm_requests_total", "outcome", "scored")),
                round.sum(Places.SCORING, "coldstream_llm_requests_total"));
        share(
                round,
                SERVING_FAILURES,
                unanswered(round),
                round.sum(Places.SERVING, "coldstream_serving_requests_seconds_count"));
        List<Operation> news = new ArrayList<>();
        newest.forEach((name, value) -> {
            Reading reading = new Reading(round.at(), value);
            series.getOrDefault(name, new Series<>(history)).add(reading);
            last.put(name, reading);
            news.add(operation(name, List.of(reading)));
        });
        return news;
    }

    /** Scores that were made by then, as a version tells: what is known where the workers began later. */
    void answered(Instant time) {
        answered = answered == null || time.isAfter(answered) ? time : answered;
    }

    private void scored(Round round) {
        round.largest(Places.SCORING, "coldstream_soft_scores_newest_timestamp_seconds")
                .ifPresent(seconds -> answered(Instant.ofEpochMilli(Math.round(1_000 * seconds))));
        if (answered != null) {
            newest.put(NEWEST_SCORE, Math.max(0, Limits.seconds(Duration.between(answered, round.at()))));
        }
    }

    private static double lag(JsonNode status) {
        double lag = 0;
        for (Map.Entry<String, JsonNode> partition : status.path("lag").properties()) {
            lag += partition.getValue().asDouble();
        }
        return lag;
    }

    private static OptionalDouble unanswered(Round round) {
        OptionalDouble sum = OptionalDouble.empty();
        for (String outcome : List.of("busy", "unavailable", "failed")) {
            OptionalDouble one =
                    round.sum(Places.SERVING, "coldstream_serving_requests_seconds_count", "outcome", outcome);
            if (one.isPresent()) {
                sum = OptionalDouble.of(sum.orElse(0) + one.getAsDouble());
            }
        }
        OptionalDouble all = round.sum(Places.SERVING, "coldstream_serving_requests_seconds_count");
        return sum.isEmpty() && all.isPresent() ? OptionalDouble.of(0) : sum;
    }

    private static OptionalDouble minus(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() ? OptionalDouble.of(one.getAsDouble() - other.orElse(0)) : one;
    }

    private void rate(Round round, String name, OptionalDouble total) {
        if (total.isPresent()) {
            known(name, rise(name, round.at(), total).perSecond());
        }
    }

    private void mean(Round round, String name, String part, String timer) {
        share(round, name, round.sum(part, timer + "_sum"), round.sum(part, timer + "_count"));
    }

    private void share(Round round, String name, OptionalDouble part, OptionalDouble whole) {
        if (part.isPresent() && whole.isPresent()) {
            Rise parts = rise(name + "/part", round.at(), part);
            known(name, parts.per(rise(name + "/whole", round.at(), whole)));
        }
    }

    private void cost(Round round) {
        OptionalDouble money = round.sum(Places.SCORING, "coldstream_llm_cost_total");
        OptionalDouble events = round.sum(Places.INGEST, "coldstream_events_total", "result", "accepted");
        if (money.isPresent() && events.isPresent()) {
            Rise spent = rise(COST + "/part", round.at(), money);
            OptionalDouble each = spent.per(rise(COST + "/whole", round.at(), events));
            known(COST, each.isPresent() ? OptionalDouble.of(1_000 * each.getAsDouble()) : each);
        }
    }

    private Rise rise(String name, Instant at, OptionalDouble total) {
        Rise rise = rises.computeIfAbsent(name, key -> new Rise(MINUTE));
        rise.add(at, total.orElse(0));
        return rise;
    }

    private void known(String name, OptionalDouble value) {
        if (value.isPresent()) {
            newest.put(name, value.getAsDouble());
        }
    }

    /** What it was in the newest round; null if nobody knew. */
    @Nullable
    Double now(String name) {
        return newest.get(name);
    }

    /** What it was when it was known last. */
    Optional<Reading> last(String name) {
        return Optional.ofNullable(last.get(name));
    }

    Map<String, List<Reading>> readings(int points) {
        Map<String, List<Reading>> all = new LinkedHashMap<>();
        series.forEach((name, one) -> all.put(name, one.thinned(points)));
        return all;
    }

    /** Goes on with these; of numbers that are not known here any more nothing is taken. */
    void recall(Map<String, List<Reading>> before) {
        series.forEach((name, one) -> before.getOrDefault(name, List.of()).forEach(one::add));
    }

    List<Operation> view(int points) {
        List<Operation> all = new ArrayList<>();
        series.forEach((name, one) -> all.add(operation(name, one.thinned(points))));
        return all;
    }

    private Operation operation(String name, List<Reading> points) {
        Kind kind = kinds.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("an operation must be declared, got " + name);
        }
        return new Operation(name, kind.group(), kind.label(), kind.unit(), kind.limit(), points);
    }
}
