package coldstream.app.evaluate.teacher;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.UserId;
import coldstream.scorer.candidates.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Knows the future, and must never be taken for a result: it exists to prove that guidance uses a teacher that is good.
 *
 * <p>Items that the user will take next are among its candidates and score 1, as does the item an audit hides; everything
 * else scores 0. Its vectors are those of {@link Future#vectors}.
 */
final class OracleTeacher implements Teacher {

    /** Items of the user's future in one answer. */
    private static final int AHEAD = 3;

    private final Questions questions;
    private final Future future;
    private final List<ItemVector> vectors;

    OracleTeacher(List<Item> items, Future future) {
        questions = new Questions(items);
        this.future = future;
        vectors = future.vectors(items);
    }

    @Override
    public List<ItemVector> vectors() {
        return vectors;
    }

    @Override
    public void taken(UserId user, ItemId item) {
        questions.taken(item);
        future.taken(user);
    }

    @Override
    public Optional<SoftScores> answer(ScoreRequest request) {
        return questions.of(request).map(question -> {
            Set<ItemId> liked = new TreeSet<>(future.next(request.user(), AHEAD));
            question.hidden().ifPresent(liked::add);
            List<ItemScore> scores = new ArrayList<>();
            for (ItemId item : candidates(question, liked)) {
                scores.add(new ItemScore(item, liked.contains(item) ? 1 : 0));
            }
            return Answers.of(request, question, scores, question.hidden(), Teachers.ORACLE, "the future");
        });
    }

    /** The question's candidates, the first of them giving way to what comes next. */
    private List<ItemId> candidates(Question question, Set<ItemId> liked) {
        List<ItemId> asked = question.candidates().stream().map(Item::item).toList();
        List<ItemId> candidates = new ArrayList<>();
        liked.stream()
                .filter(item -> !asked.contains(item) && questions.knows(item))
                .forEach(candidates::add);
        int giveWay = candidates.size();
        for (ItemId item : asked) {
            if (giveWay > 0 && !liked.contains(item)) {
                giveWay--;
            } else {
                candidates.add(item);
            }
        }
        return candidates;
    }
}
