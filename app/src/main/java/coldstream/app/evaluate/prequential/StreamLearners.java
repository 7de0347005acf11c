package coldstream.app.evaluate.prequential;

import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.trainer.learning.StepResult;
import java.util.List;

/** Who learns, by the name of the backbone: a peer has a line here. */
final class StreamLearners {

    private StreamLearners() {}

    static StreamLearner of(LearnerConfig config) {
        return new Ours(new OnlineLearner(config));
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
        public StepResult step(List<Sample> batch) {
            return learner.step(batch);
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
