package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.scorer.Decision.Answer;
import coldstream.scorer.Decision.Dead;
import coldstream.scorer.Decision.Later;
import coldstream.scorer.candidates.CandidateBuilder;
import coldstream.scorer.candidates.Question;
import coldstream.wire.Json;
import coldstream.wire.Refusal;
import coldstream.wire.Refusal.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a score request: reads it, builds the question, asks the language model. Acts on nothing. */
final class RequestDesk {

    private static final Logger LOG = LoggerFactory.getLogger(RequestDesk.class);

    private final HistoryReader histories;
    private final CandidateBuilder candidates;
    private final ShelfKeeper shelves;
    private final LanguageModelScorer scorer;
    private final Optional<Transcripts> transcripts;
    private final ScorerMetrics metrics;
    private final InstantSource clock;

    RequestDesk(
            HistoryReader histories,
            CandidateBuilder candidates,
            ShelfKeeper shelves,
            LanguageModelScorer scorer,
            Optional<Transcripts> transcripts,
            ScorerMetrics metrics,
            InstantSource clock) {
        this.histories = histories;
        this.candidates = candidates;
        this.shelves = shelves;
        this.scorer = scorer;
        this.transcripts = transcripts;
        this.metrics = metrics;
        this.clock = clock;
    }

    String model() {
        return scorer.model();
    }

    /** A request that was read, or what becomes of one that was not. */
    record Opened(@Nullable ScoreRequest request, @Nullable Dead dead) {}

    /**
     * What a request came to, and what the language model said to it.
     *
     * @param reached whether there was a question to ask
     */
    record Asked(Decision decision, Outcome outcome, boolean reached) {}

    /**
     * @param delivery 1 for the first time the request is handed out
     * @param deliveries after which it is given up
     */
    Decision decide(byte @Nullable [] value, int delivery, int deliveries) {
        Opened opened = open(value, delivery, deliveries);
        if (opened.request() == null) {
            return Objects.requireNonNull(opened.dead());
        }
        Asked asked = ask(opened.request());
        if (asked.reached()) {
            metrics.asked(asked.outcome());
        }
        Decision decision =
                asked.decision() instanceof Later later ? later.unlessLast(delivery, deliveries) : asked.decision();
        if (!(decision instanceof Later)) {
            metrics.settled(opened.request().requestedAt());
        }
        return decision;
    }

    /** Reads a request. One that was handed out too often is not tried again: whoever had it never came back. */
    Opened open(byte @Nullable [] value, int delivery, int deliveries) {
        if (delivery > deliveries) {
            return new Opened(
                    null,
                    new Dead(new Refusal(
                            Reason.GIVEN_UP,
                            "handed out " + delivery + " times, and " + deliveries
                                    + " workers neither answered it nor gave it back")));
        }
        try {
            return new Opened(Json.read(value == null ? new byte[0] : value, ScoreRequest.class), null);
        } catch (SerializationException | IllegalArgumentException e) {
            return new Opened(null, new Dead(new Refusal(Reason.UNPARSABLE, String.valueOf(e.getMessage()))));
        }
    }

    /** Asks the language model, which may take long. Never throws. */
    Asked ask(ScoreRequest request) {
        try {
            List<Item> history = histories.read(request.history());
            Optional<Question> question = candidates.question(request, history, shelves.shelf());
            if (question.isEmpty() && !history.isEmpty()) {
                question = candidates.question(request, history, shelves.rebuilt());
            }
            if (question.isEmpty()) {
                return notReady("no item of the history is announced, or no other item", Reason.UNKNOWN_ITEM);
            }
            Outcome outcome = scored(request, question.get());
            return new Asked(decision(request, question.get(), outcome), outcome, true);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("requestId", request.requestId())
                    .setCause(e)
                    .log("score request failed");
            return notReady("the worker failed: " + e, Reason.GIVEN_UP);
        }
    }

    private Outcome scored(ScoreRequest request, Question question) {
        Supplier<Outcome> asking = () -> scorer.score(question.history(), question.candidates());
        return transcripts.map(kept -> kept.keep(request, asking)).orElseGet(asking);
    }

    /** What a question comes to that took longer than this, all its calls together. */
    static Asked late(Duration limit) {
        String why = "no answer to the whole question within " + limit;
        Outcome outcome = new TryAgain(Fault.TIMED_OUT, why, Optional.empty(), new Usage(0, 0, 1, limit));
        return new Asked(new Later(why, Reason.GIVEN_UP), outcome, true);
    }

    private static Asked notReady(String why, Reason reason) {
        return new Asked(new Later(why, reason), new TryAgain(Fault.NOT_READY, why), false);
    }

    private Decision decision(ScoreRequest request, Question question, Outcome outcome) {
        if (outcome instanceof Scored scored) {
            return new Answer(answer(request, question, scored));
        }
        if (outcome instanceof TryAgain tryAgain) {
            return new Later(tryAgain.why(), Reason.GIVEN_UP);
        }
        return new Dead(new Refusal(Reason.BAD_VALUE, ((Refused) outcome).why()));
    }

    private SoftScores answer(ScoreRequest request, Question question, Scored scored) {
        List<Item> asked = question.candidates();
        List<ItemScore> scores = new ArrayList<>(asked.size());
        Optional<ItemId> hidden = Optional.empty();
        for (int i = 0; i < asked.size(); i++) {
            double score = scored.scores().get(i);
            if (Double.isNaN(score)) {
                continue;
            }
            ItemId item = asked.get(i).item();
            double raw = scored.raw().get(i);
            scores.add(raw == score ? new ItemScore(item, score) : new ItemScore(item, score, OptionalDouble.of(raw)));
            if (question.hidden().isPresent() && question.hidden().get().equals(item)) {
                hidden = question.hidden(); // a probe the model did not answer proves nothing
            }
        }
        return new SoftScores(
                request.requestId(),
                request.user(),
                scores,
                hidden,
                scored.source().model(),
                scored.source().promptVersion(),
                scored.source().permutations(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                request.historyVersion(),
                request.historyMaxTime(),
                question.shown());
    }
}
