package coldstream.app.evaluate.teacher;

import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.scorer.candidates.Closeness;
import coldstream.scorer.candidates.LikelyUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Another teacher, asked besides about users who could like a tail item, by the scorer worker's own rule
 * ({@code scorer.tail-users}). They are among those asked about before, with the history they had then.
 */
final class TailUsersTeacher implements Teacher {

    private final Teacher teacher;
    private final LikelyUsers users;

    /** @param wanted users asked about besides for each request that a tail item caused */
    TailUsersTeacher(Teacher teacher, int wanted, Closeness closeness) {
        this.teacher = teacher;
        this.users = new LikelyUsers(wanted, closeness);
    }

    @Override
    public List<ItemVector> vectors() {
        return teacher.vectors();
    }

    @Override
    public void taken(UserId user, ItemId item) {
        teacher.taken(user, item);
    }

    @Override
    public Optional<SoftScores> answer(ScoreRequest request) {
        return teacher.answer(request);
    }

    @Override
    public List<SoftScores> answers(ScoreRequest request) {
        List<SoftScores> answers = new ArrayList<>(teacher.answers(request));
        users.besides(aboutTheItem(request), request.requestedAt())
                .forEach(besides -> teacher.answer(besides).ifPresent(answers::add));
        return answers;
    }

    /** The item that made the request is the one the user took last. */
    private static ScoreRequest aboutTheItem(ScoreRequest request) {
        List<ItemId> history = request.history();
        return request.reason() != Reason.TAIL_ITEM
                        || history.isEmpty()
                        || !request.hints().isEmpty()
                ? request
                : new ScoreRequest(
                        request.requestId(),
                        request.user(),
                        history,
                        request.reason(),
                        List.of(history.get(history.size() - 1)),
                        request.historyVersion(),
                        request.historyMaxTime(),
                        request.requestedAt());
    }
}
