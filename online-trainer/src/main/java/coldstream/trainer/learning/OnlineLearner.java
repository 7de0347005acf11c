package coldstream.trainer.learning;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import java.nio.file.Path;
import java.util.List;

/**
 * Learns from a stream: every sample is predicted before anything is learnt from it.
 *
 * <p>One thread at a time. What it becomes depends on its config and the calls made, in order, and on nothing else.
 */
public final class OnlineLearner implements AutoCloseable {

    private final LearnerConfig config;

    public OnlineLearner(LearnerConfig config) {
        this.config = config;
    }

    /** Continues as if never stopped; the config must agree with the one saved in all that shapes parameters. */
    public static OnlineLearner restore(Path folder, LearnerConfig config) {
        return new OnlineLearner(config);
    }

    /** Adds an item to the catalogue or replaces what is known of it. */
    public void item(Item item) {}

    /** Takes an item out of the catalogue: it is no longer drawn or recommended; what was learnt of it stays. */
    public void retire(ItemId item) {}

    /** Remembers what an item's text means. */
    public void vector(ItemVector vector) {}

    /** Remembers a language model's answer. */
    public void scores(SoftScores scores) {}

    /** Predicts the samples in order, then learns from all of them at once. */
    public StepResult step(List<Sample> batch) {
        return new StepResult(0, List.of(), new StepResult.Statistics(0, 0, 0, 0, 0, 0, 0, java.util.Map.of()));
    }

    /** Steps applied so far. */
    public long steps() {
        return 0;
    }

    /** Samples trained so far. */
    public long samples() {
        return 0;
    }

    /** Rows by table: users, items, categories. */
    public java.util.Map<String, Long> rows() {
        return java.util.Map.of();
    }

    public GateReport gate() {
        return new GateReport("off", List.of(), 0, java.util.Map.of(), 0, 0, List.of());
    }

    public LearnerConfig config() {
        return config;
    }

    /** The whole state, quickly: the learner may go on at once. */
    public Checkpoint capture() {
        return new Checkpoint();
    }

    /** {@link #capture} and write. */
    public void save(Path folder) {
        capture().write(folder);
    }

    @Override
    public void close() {}
}
