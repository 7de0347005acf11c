package coldstream.trainer;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.model.RowCounts;
import coldstream.trainer.delta.Epoch;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.GuidanceGain;
import coldstream.trainer.learning.Haste;
import coldstream.trainer.learning.LearnerChanges;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.trainer.learning.StepResult;
import coldstream.wire.Directive;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What training needs of a learner. One thread at a time; what it becomes depends on the calls made and their order. */
interface Learning extends AutoCloseable {

    /** Makes learners. */
    @FunctionalInterface
    interface Factory {

        /** Continues from the snapshot in the folder, or starts anew without one. */
        Learning from(Optional<Path> snapshot);

        /** Learners of the product. */
        static Factory of(LearnerConfig config) {
            return snapshot -> new Real(snapshot.map(folder -> OnlineLearner.restore(folder, config))
                    .orElseGet(() -> new OnlineLearner(config)));
        }
    }

    void item(Item item);

    void retire(ItemId item);

    void vector(ItemVector vector);

    void scores(SoftScores scores);

    void profile(TasteProfile profile);

    /** Does what a directive says, unless it did so before. */
    void directive(Directive directive);

    /** Predicts the samples, then learns from them. */
    StepResult step(List<Sample> samples);

    /** Goes the same way, but learns nothing from the samples: they were skipped before, for this reason. */
    StepResult skip(List<Sample> samples, String reason);

    /** What became of rows, by table. */
    Map<String, RowCounts> rows();

    GateReport gate();

    /** What guidance gained in this run. */
    default Map<String, GuidanceGain> gained() {
        return Map.of();
    }

    /** Which of 32 bins an item's first category falls in; -1 where that is not known. */
    default int category(ItemId item) {
        return -1;
    }

    /** The raise of learning rates that is in effect. */
    default Optional<Haste> haste() {
        return Optional.empty();
    }

    /** Holds the whole state as it is now; what it returns writes it into an empty folder, on any thread. */
    Consumer<Path> capture();

    /** Notes from now on what changes in its answers. */
    default void noteChanges() {}

    /** What changed in its answers since it was last asked. */
    default Optional<Epoch.Changes> changes() {
        return Optional.empty();
    }

    /** Takes back what it gave: it changed since as well. */
    default void changesLost(Epoch.Changes changes) {}

    @Override
    void close();

    /** The learner itself. */
    record Real(OnlineLearner learner) implements Learning {

        @Override
        public void item(Item item) {
            learner.item(item);
        }

        @Override
        public void retire(ItemId item) {
            learner.retire(item);
        }

        @Override
        public void vector(ItemVector vector) {
            learner.vector(vector);
        }

        @Override
        public void scores(SoftScores scores) {
            learner.scores(scores);
        }

        @Override
        public void profile(TasteProfile profile) {
            learner.profile(profile);
        }

        @Override
        public void directive(Directive directive) {
            learner.directive(directive);
        }

        @Override
        public Optional<Haste> haste() {
            return learner.haste();
        }

        @Override
        public StepResult step(List<Sample> samples) {
            return learner.step(samples);
        }

        @Override
        public StepResult skip(List<Sample> samples, String reason) {
            return learner.skip(samples, reason);
        }

        @Override
        public Map<String, RowCounts> rows() {
            return learner.rowCounts();
        }

        @Override
        public GateReport gate() {
            return learner.gate();
        }

        @Override
        public Map<String, GuidanceGain> gained() {
            return learner.gained();
        }

        @Override
        public int category(ItemId item) {
            return learner.category(item);
        }

        @Override
        public Consumer<Path> capture() {
            return learner.capture()::writeSound;
        }

        @Override
        public void noteChanges() {
            learner.noteChanges();
        }

        @Override
        public Optional<Epoch.Changes> changes() {
            return Optional.of(learner.changes());
        }

        @Override
        public void changesLost(Epoch.Changes changes) {
            if (changes instanceof LearnerChanges own) {
                learner.changesLost(own);
            }
        }

        @Override
        public void close() {
            learner.close();
        }
    }
}
