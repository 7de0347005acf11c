package coldstream.trainer.learning;

import static coldstream.domain.Check.check;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares the items of some events with {@value #OTHERS} others each, before the events are learnt; nothing is learnt from
 * it, and nothing else depends on it.
 *
 * <p>Which events is decided by their samples' ids, so that every seed is asked the same. Items nobody took before are not
 * asked about.
 */
final class WithinEvents {

    static final int OTHERS = 99;

    private final OnlineLearner learner;
    private final double share;
    private final Consumer<ScoredEvent> to;

    /** @param share of the events after the warm-up, in [0, 1] */
    WithinEvents(OnlineLearner learner, double share, Consumer<ScoredEvent> to) {
        check(share >= 0 && share <= 1, "a share must be in [0, 1], got %s", share);
        this.learner = learner;
        this.share = share;
        this.to = to;
    }

    /**
     * Notes the comparisons of a sample that is about to be planned.
     *
     * @param trained samples trained before this one
     */
    void add(Sample sample, long trained, BatchPlan plan) {
        if (trained < learner.config().warmUp
                || sample.label() != 1
                || sample.itemCount() == 0
                || Draws.of(0, "asked within", sample.sampleId()).uniform() >= share) {
            return;
        }
        Memory memory = learner.memory;
        CatalogueEntry item = memory.features.catalogue().add(sample.item());
        List<CatalogueEntry> history = memory.entries(sample.history());
        UserMemory user = memory.user(memory.number(sample), history, sample.userCount());
        Draws random = Draws.of(learner.config().seed(), "within", sample.sampleId());
        List<ItemId> others = memory.candidates.draw(item, false, user, OTHERS, random).stream()
                .map(CatalogueEntry::item)
                .toList();
        double spread = learner.teacher.meanSquare;
        plan.ask(sample, others);
        learner.teacher.meanSquare = spread;
    }

    /** Predicts what was noted. */
    void predict(BatchPlan plan) {
        if (plan.planned.isEmpty()) {
            return;
        }
        float[] logits = learner.predicted(plan.rows);
        for (BatchPlan.Planned one : plan.planned) {
            List<Negative> others = new ArrayList<>(one.drawn().size());
            for (BatchPlan.Drawn drawn : one.drawn()) {
                double logit = learner.served(logits[drawn.row()], drawn.input());
                others.add(new Negative(drawn.item().item(), logit, drawn.tail()));
            }
            to.accept(new ScoredEvent(one.sample(), learner.served(logits[one.row()], one.input()), others, true));
        }
    }
}
