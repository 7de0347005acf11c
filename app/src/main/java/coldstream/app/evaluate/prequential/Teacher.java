package coldstream.app.evaluate.prequential;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import java.util.Optional;

/** Answers score requests in the order of the stream. */
interface Teacher {

    /** Notes that an item was taken once more. */
    void taken(ItemId item);

    /** The answer to a request; empty when there is nothing to say. */
    Optional<SoftScores> answer(ScoreRequest request);
}
