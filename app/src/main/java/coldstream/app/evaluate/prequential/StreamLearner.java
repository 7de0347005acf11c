package coldstream.app.evaluate.prequential;

import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.StepResult;
import java.util.List;

/**
 * What the protocol asks of anything that learns from a stream: our learner, or a peer on the same events and the same
 * negatives.
 */
public interface StreamLearner extends AutoCloseable {

    /** Adds an item to the catalogue. */
    void item(Item item);

    /** Tells what an item's text means. */
    void vector(ItemVector vector);

    /** Hands over a language model's answer. */
    void scores(SoftScores scores);

    /** Predicts the samples in order, then learns from all of them. */
    StepResult step(List<Sample> batch);

    /** Where the guidance stands. */
    GateReport gate();

    @Override
    void close();
}
