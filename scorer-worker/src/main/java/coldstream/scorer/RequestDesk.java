package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.TryAgain;
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
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a score request: reads it, builds the question, asks the language model. Acts on nothing. */
final class RequestDesk {

    /** The broker gives a record up after five deliveries, without a trace: the last one decides. */
    static final int MAX_DELIVERIES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(RequestDesk.class);

    private final HistoryReader histories;
    private final CandidateBuilder candidates;
    private final ShelfKeeper shelves;
    private final LanguageModelScorer scorer;
    private final ScorerMetrics metrics;
    private final InstantSource clock;

    RequestDesk(
            HistoryReader histories,
            CandidateBuilder candidates,
            ShelfKeeper shelves,
            LanguageModelScorer scorer,
            ScorerMetrics metrics,
            InstantSource clock) {
        this.histories = histories;
        this.candidates = candidates;
        this.shelves = shelves;
        this.scorer = scorer;
        this.metrics = metrics;
        this.clock = clock;
    }

    String model() {
        return scorer.model();
    }

    /** @param delivery 1 for the first time the request is handed out */
    Decision decide(byte @Nullable [] value, int delivery) {
        ScoreRequest request;
        try {
            request = Json.read(value == null ? new byte[0] : value, ScoreRequest.class);
        } catch (SerializationException | IllegalArgumentException e) {
            return new Dead(new Refusal(Reason.UNPARSABLE, String.valueOf(e.getMessage())));
        }
        try {
            return decide(request, delivery);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("requestId", request.requestId())
                    .setCause(e)
                    .log("score request failed");
            return later("the worker failed: " + e, delivery, Reason.BAD_VALUE);
        }
    }

    private Decision decide(ScoreRequest request, int delivery) {
        List<Item> history = histories.read(request.history());
        Optional<Question> question = candidates.question(request, history, shelves.shelf());
        if (question.isEmpty() && !history.isEmpty()) {
            question = candidates.question(request, history, shelves.rebuilt());
        }
        if (question.isEmpty()) {
            return later("no item of the history is announced, or no other item", delivery, Reason.UNKNOWN_ITEM);
        }
        return ask(request, question.get(), delivery);
    }

    private Decision ask(ScoreRequest request, Question question, int delivery) {
        Outcome outcome = scorer.score(question.history(), question.candidates());
        metrics.asked(outcome);
        if (outcome instanceof Scored scored) {
            return new Answer(answer(request, question, scored));
        }
        if (outcome instanceof TryAgain tryAgain) {
            return later(tryAgain.why(), delivery, Reason.BAD_VALUE);
        }
        return new Dead(new Refusal(Reason.BAD_VALUE, ((Refused) outcome).why()));
    }

    private static Decision later(String why, int delivery, Reason reason) {
        return delivery < MAX_DELIVERIES
                ? new Later(why)
                : new Dead(new Refusal(reason, "given up after " + delivery + " tries: " + why));
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
            scores.add(new ItemScore(item, score));
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
