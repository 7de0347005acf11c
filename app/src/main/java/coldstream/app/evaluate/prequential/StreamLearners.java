package coldstream.app.evaluate.prequential;

import coldstream.app.evaluate.peer.VowpalWabbit;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.trainer.learning.StepResult;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Who learns, by the name of the backbone: a peer has a line here. */
final class StreamLearners {

    private StreamLearners() {}

    static StreamLearner of(Arm arm, LearnerConfig config) {
        return arm.peer() ? new Peer(new VowpalWabbit(config, settings(arm))) : new Ours(new OnlineLearner(config));
    }

    /**
     * Makes sure that there can be such a learner.
     *
     * @throws IllegalArgumentException in one line, if not
     */
    static void check(Arm arm) {
        if (arm.peer()) {
            VowpalWabbit.check(settings(arm));
        }
    }

    private static String settings(Arm arm) {
        return arm.peerSettings().orElse(VowpalWabbit.SETTINGS);
    }

    /** A peer knows no teacher; what a step did inside, it does not tell. */
    private record Peer(VowpalWabbit learner) implements StreamLearner {

        private static final GateReport UNGUIDED =
                new GateReport("off", "none", List.of(), 0, Map.of(), Map.of(), 0, 0, GateReport.Dose.NONE, Map.of());

        @Override
        public void item(Item item) {
            learner.item(item);
        }

        @Override
        public void vector(ItemVector vector) {}

        @Override
        public void scores(SoftScores scores) {}

        @Override
        public StepResult step(List<Sample> batch) {
            return new StepResult(0, learner.step(batch), StepResult.Statistics.NONE);
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public GateReport gate() {
            return UNGUIDED;
        }

        @Override
        public void close() {
            learner.close();
        }
    }

    private record Ours(OnlineLearner learner) implements StreamLearner {

        @Override
        public void item(Item item) {
            learner.item(item);
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
        public StepResult step(List<Sample> batch) {
            return learner.step(batch);
        }

        @Override
        public void askWithin(double share, Consumer<ScoredEvent> to) {
            learner.askWithin(share, to);
        }

        @Override
        public String device() {
            return learner.device();
        }

        @Override
        public GateReport gate() {
            return learner.gate();
        }

        @Override
        public void close() {
            learner.close();
        }
    }
}
