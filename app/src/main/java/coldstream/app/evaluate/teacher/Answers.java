package coldstream.app.evaluate.teacher;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.scorer.candidates.Question;
import java.util.List;
import java.util.Optional;

/** Answers as the scorer worker would send them, at once. */
final class Answers {

    private Answers() {}

    static SoftScores of(
            ScoreRequest request,
            Question question,
            List<ItemScore> scores,
            Optional<ItemId> hidden,
            String model,
            String prompt) {
        return new SoftScores(
                request.requestId(),
                request.user(),
                scores,
                hidden,
                model,
                prompt,
                1,
                request.requestedAt(),
                request.historyVersion(),
                request.historyMaxTime(),
                question.shown());
    }
}
