package coldstream.app.evaluate.prequential;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.UserId;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DelayedTest {

    @TempDir
    private Path folder = Path.of("");

    private final Listener learner = new Listener();

    @Test
    void anAnswerArrivesTwoHundredEventsAfterItWasAskedForAndOnce() throws IOException {
        Path file = folder.resolve("answers");
        try (var writer = new AnswerFile.Writer(file)) {
            writer.write(answer(0, "first"));
            writer.write(answer(0, "second"));
            writer.write(answer(130, "third"));
        }
        try (var reader = new AnswerFile.Reader(file)) {
            var delayed = new Delayed(reader);

            delayed.handOver(199, learner);
            assertThat(learner.heard).isEmpty();
            delayed.handOver(200, learner);
            assertThat(learner.heard).containsExactly("first", "second");
            delayed.handOver(329, learner);
            delayed.handOver(330, learner);
            delayed.handOver(10_000, learner);
            assertThat(learner.heard).containsExactly("first", "second", "third");
        }
    }

    @Test
    void withoutAnswersNothingArrives() throws IOException {
        Delayed.NOTHING.handOver(10_000, learner);

        assertThat(learner.heard).isEmpty();
    }

    private static AnswerFile.Answer answer(int event, String id) {
        return new AnswerFile.Answer(
                event,
                new SoftScores(
                        id,
                        new UserId("ada"),
                        List.of(new ItemScore(new ItemId("tea"), 0.5)),
                        Optional.empty(),
                        "model",
                        "prompt",
                        1,
                        Instant.EPOCH,
                        1,
                        Instant.EPOCH));
    }

    private static final class Listener implements StreamLearner {

        private final List<String> heard = new ArrayList<>();

        @Override
        public void item(Item item) {}

        @Override
        public void vector(ItemVector vector) {}

        @Override
        public void scores(SoftScores scores) {
            heard.add(scores.requestId());
        }

        @Override
        public StepResult step(List<Sample> batch) {
            throw new UnsupportedOperationException("nothing is learnt here");
        }

        @Override
        public GateReport gate() {
            throw new UnsupportedOperationException("nothing is learnt here");
        }

        @Override
        public void close() {}
    }
}
