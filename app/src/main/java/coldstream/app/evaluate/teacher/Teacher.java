package coldstream.app.evaluate.teacher;

import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import java.util.List;
import java.util.Optional;

/** A language model as the learner sees it: vectors of items, and answers to score requests in the order of the stream. */
public interface Teacher {

    /** What each item's text means to it. */
    List<ItemVector> vectors();

    /** Notes that a user took an item. */
    void taken(UserId user, ItemId item);

    /** The answer to a request; empty when there is nothing to say. */
    Optional<SoftScores> answer(ScoreRequest request);

    /** All that is said when this is asked: the answer, and answers to what is asked besides. */
    default List<SoftScores> answers(ScoreRequest request) {
        return answer(request).stream().toList();
    }
}
