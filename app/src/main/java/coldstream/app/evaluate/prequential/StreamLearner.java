package coldstream.app.evaluate.prequential;

import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.StepResult;
import java.util.List;
import java.util.function.Consumer;

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

    /** Hands over what a language model wrote of a user. A peer has no use for it. */
    default void profile(TasteProfile profile) {}

    /** Predicts the samples in order, then learns from all of them. */
    StepResult step(List<Sample> batch);

    /**
     * From now on compares the items of a share of the events with 99 others each, besides. A peer need not.
     *
     * @param to told each event with its negatives, before it is learnt
     */
    default void askWithin(double share, Consumer<ScoredEvent> to) {}

    /** Where it computes: {@code cpu} or {@code gpu:N}. */
    String device();

    /** Where the guidance stands. */
    GateReport gate();

    @Override
    void close();
}
