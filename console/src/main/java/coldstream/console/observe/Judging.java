package coldstream.console.observe;

import coldstream.console.observe.Health.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Says how each part is that is asked over HTTP: what it answers, against its limits. Not thread-safe. */
final class Judging {

    private final Limits limits;
    private final Operations operations;
    private final Parts parts;

    Judging(Limits limits, Operations operations, Parts parts) {
        this.limits = limits;
        this.operations = operations;
        this.parts = parts;
    }

    /** @param champion version that serves, as far as that is known */
    void judge(Round round, Optional<String> champion) {
        learning(round);
        part(round, Places.SERVING, () -> {
            String who =
                    champion.map(version -> "version " + version + " answers").orElse("answers");
            timed(
                    round,
                    Places.SERVING,
                    Operations.SERVABLE,
                    limits.servable(),
                    took -> who + ", " + took + " after the event",
                    who);
        });
        part(round, Places.SCORING, () -> scoring(round));
        part(round, Places.INGEST, () -> {
            Double rate = operations.now(Operations.EVENTS);
            parts.heard(
                    Places.INGEST,
                    State.OK,
                    null,
                    rate == null ? "takes events" : String.format(Locale.ROOT, "accepts %.1f events a second", rate),
                    round.at());
        });
    }

    private void learning(Round round) {
        Optional<JsonNode> status = round.status();
        Instant now = round.at();
        if (status.isEmpty()) {
            silent(round, Places.LEARNING);
            return;
        }
        String failure = status.get().path("failure").asText("");
        if (!failure.isEmpty()) {
            parts.heard(Places.LEARNING, State.DOWN, null, "learning stopped: " + failure, now);
        } else if (!status.get().path("ready").asBoolean()) {
            boolean replaying = status.get().path("replaying").asBoolean();
            parts.heard(
                    Places.LEARNING,
                    replaying ? State.LATE : State.DOWN,
                    null,
                    replaying ? "repeats the steps since its last snapshot" : "is not ready",
                    now);
        } else {
            Double lag = operations.now(Operations.LAG);
            double waiting = lag == null ? 0 : lag;
            String waits = String.format(Locale.ROOT, "%,.0f records wait", waiting);
            if (waiting > limits.lag()) {
                String limit = String.format(Locale.ROOT, "%s, limit %,d", waits, limits.lag());
                parts.heard(Places.LEARNING, State.LATE, operations.now(Operations.TRAINED), limit, now);
            } else {
                timed(
                        round,
                        Places.LEARNING,
                        Operations.TRAINED,
                        limits.trained(),
                        took -> "learns " + took + " after the event, " + waits,
                        waits);
            }
        }
    }

    /** As old as the newest score; late by how long questions take, since where nobody asks nothing is late. */
    private void scoring(Round round) {
        Double age = operations.now(Operations.NEWEST_SCORE);
        Double took = operations.now(Operations.SCORES);
        Double lag = operations.now(Operations.QUESTIONS);
        boolean open = round.sum(Places.SCORING, "coldstream_llm_circuit", "state", "open")
                        .orElse(0)
                >= 1;
        boolean late = took != null && took > Limits.seconds(limits.scores());
        String message = (open ? "the language model fails, its circuit is open, " : "")
                + (age == null ? "no score was made yet" : "newest score")
                + (took == null ? "" : ", " + Spoken.seconds(took) + " from question to score")
                + (lag == null ? "" : String.format(Locale.ROOT, ", %,.0f questions wait", lag));
        parts.heard(Places.SCORING, open || late ? State.LATE : State.OK, age, message, round.at());
    }

    /**
     * @param said of what came in the last minute, of how long it took
     * @param idle what else is to be said where nothing came
     */
    private void timed(
            Round round, String part, String operation, Duration limit, UnaryOperator<String> said, String idle) {
        Double took = operations.now(operation);
        boolean late = took != null && took > Limits.seconds(limit);
        String message = took == null ? idle + ", " + since(operation, round.at()) : said.apply(Spoken.seconds(took));
        parts.heard(part, late ? State.LATE : State.OK, took, message, round.at());
    }

    private String since(String operation, Instant now) {
        return operations
                .last(operation)
                .map(last -> "nothing new for "
                        + Spoken.seconds(Limits.seconds(Duration.between(last.time(), now)))
                        + ", the last took " + Spoken.seconds(last.value()))
                .orElse("nothing new so far");
    }

    /** Down if none of its processes is ready; late if some are not. */
    private void part(Round round, String part, Runnable ready) {
        List<Answer> answers = round.ready(part);
        long well = answers.stream().filter(Answer::ok).count();
        if (well == 0) {
            silent(round, part);
        } else if (well < answers.size()) {
            parts.heard(part, State.LATE, null, well + " of " + answers.size() + " processes are ready", round.at());
        } else {
            ready.run();
        }
    }

    private void silent(Round round, String part) {
        @Nullable Answer spoke = null;
        String why = "it cannot be reached";
        for (Answer answer : round.ready(part)) {
            spoke = answer.spoke() ? answer : spoke;
            why = answer.failure().isEmpty() ? why : answer.failure();
        }
        if (spoke == null) {
            parts.silent(part, "does not answer: " + why, round.at());
        } else {
            parts.heard(part, State.DOWN, null, "is not ready: " + unmet(spoke), round.at());
        }
    }

    /** The conditions of readiness that do not hold. */
    private static String unmet(Answer answer) {
        List<String> unmet = new Answer(200, answer.body(), "")
                .json().stream()
                        .flatMap(body -> body.path("checks").properties().stream())
                        .filter(check -> !check.getValue().asBoolean(true))
                        .map(Map.Entry::getKey)
                        .toList();
        return unmet.isEmpty() ? "HTTP " + answer.status() : String.join(", ", unmet);
    }
}
