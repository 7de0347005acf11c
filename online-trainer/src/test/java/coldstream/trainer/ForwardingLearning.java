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
import coldstream.trainer.learning.Haste;
import coldstream.trainer.learning.StepResult;
import coldstream.wire.Directive;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A learner that hands everything to another one; tests override where something shall happen. */
abstract class ForwardingLearning implements Learning {

    private final Learning learner;

    ForwardingLearning(Learning learner) {
        this.learner = learner;
    }

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
        return learner.rows();
    }

    @Override
    public GateReport gate() {
        return learner.gate();
    }

    @Override
    public Consumer<Path> capture() {
        return learner.capture();
    }

    @Override
    public void noteChanges() {
        learner.noteChanges();
    }

    @Override
    public Optional<Epoch.Changes> changes() {
        return learner.changes();
    }

    @Override
    public void changesLost(Epoch.Changes changes) {
        learner.changesLost(changes);
    }

    @Override
    public void close() {
        learner.close();
    }
}
