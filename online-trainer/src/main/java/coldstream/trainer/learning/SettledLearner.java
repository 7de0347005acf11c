package coldstream.trainer.learning;

import static coldstream.domain.Check.check;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import coldstream.model.CatalogueEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same learner over a fixed set of samples, which it may visit more than once: what is known of users and items is taken
 * in first and then stays. A sample's own history and counts are used as they come; counts of other items, and what a user is
 * never given as a negative, are those of everything taken in.
 */
public final class SettledLearner implements AutoCloseable {

    final OnlineLearner learner;

    /** A positive, and items to compare it with. */
    public record Question(Sample sample, List<ItemId> others) {

        public Question {
            others = List.copyOf(others);
        }
    }

    public SettledLearner(LearnerConfig config) {
        this(new OnlineLearner(config));
    }

    private SettledLearner(OnlineLearner learner) {
        this.learner = learner;
    }

    /** Continues from {@link #save}. */
    public static SettledLearner restore(Path folder, LearnerConfig config) {
        OnlineLearner learner = OnlineLearner.restore(folder, config);
        learner.memory.settle();
        return new SettledLearner(learner);
    }

    /** Adds an item to the catalogue. */
    public void item(Item item) {
        learner.item(item);
    }

    /** Remembers what an item's text means. */
    public void vector(ItemVector vector) {
        learner.vector(vector);
    }

    /** Takes in a positive without learning from it; the user's come in order, and all before the first step. */
    public void know(Sample positive) {
        Memory memory = learner.memory;
        check(!memory.settled, "what is known must be known before the first step");
        List<CatalogueEntry> history = memory.entries(positive.history());
        memory.took(
                memory.user(memory.number(positive), history, positive.userCount()),
                history,
                positive.userCount(),
                memory.features.catalogue().add(positive.item()));
    }

    /** Remembers a language model's answer. */
    public void scores(SoftScores scores) {
        learner.memory.settle();
        learner.scores(scores);
    }

    /** Predicts the samples, then learns from all of them at once. */
    public StepResult step(List<Sample> batch) {
        learner.memory.settle();
        return learner.step(batch);
    }

    /** The served logits; nothing is learnt, and no later step depends on what was asked. */
    public List<ScoredEvent> predict(List<Question> questions) {
        learner.memory.settle();
        double spread = learner.teacher.meanSquare;
        BatchPlan plan = learner.plan();
        questions.forEach(question -> plan.ask(question.sample, question.others));
        learner.teacher.meanSquare = spread;
        float[] logits = learner.model.logits(plan.rows);
        List<ScoredEvent> events = new ArrayList<>();
        for (BatchPlan.Planned one : plan.planned) {
            List<ScoredEvent.Negative> others = new ArrayList<>(one.drawn().size());
            for (BatchPlan.Drawn drawn : one.drawn()) {
                double logit = learner.served(logits[drawn.row()], drawn.input());
                others.add(new ScoredEvent.Negative(drawn.item().item(), logit, drawn.tail()));
            }
            events.add(new ScoredEvent(one.sample(), learner.served(logits[one.row()], one.input()), others, true));
        }
        return events;
    }

    /** Where the guidance stands. */
    public GateReport gate() {
        return learner.gate();
    }

    /** Writes the whole state into an existing, empty folder. */
    public void save(Path folder) {
        learner.save(folder);
    }

    @Override
    public void close() {
        learner.close();
    }
}
