package coldstream.trainer.learning;

import coldstream.domain.Item;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What a learner compares with what, without learning: a peer that predicts these is measured on the same events and the
 * same negatives.
 */
public final class Comparisons implements AutoCloseable {

    private final OnlineLearner learner;

    /** @param config labels, negatives, warm-up and seed decide what is compared */
    public Comparisons(LearnerConfig config) {
        learner = new OnlineLearner(config.with("guidance", "none").with("item-row-start", "random"));
    }

    /** Adds an item to the catalogue. */
    public void item(Item item) {
        learner.item(item);
    }

    /** The next samples, in order, with their negatives; logits are 0. */
    public List<ScoredEvent> next(List<Sample> samples) {
        BatchPlan plan = learner.plan();
        samples.forEach(sample -> plan.add(sample, learner.counters.samples++));
        List<ScoredEvent> events = new ArrayList<>();
        for (BatchPlan.Planned one : plan.planned) {
            List<ScoredEvent.Negative> negatives = new ArrayList<>();
            one.drawn()
                    .forEach(drawn ->
                            negatives.add(new ScoredEvent.Negative(drawn.item().item(), 0, drawn.tail())));
            events.add(new ScoredEvent(one.sample(), 0, negatives, one.scored()));
        }
        return events;
    }

    @Override
    public void close() {
        learner.close();
    }
}
