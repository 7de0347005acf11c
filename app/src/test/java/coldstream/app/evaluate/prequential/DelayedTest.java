package coldstream.app.evaluate.prequential;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DelayedTest {

    @TempDir
    private Path folder = Path.of("");

    private final List<String> heard = new ArrayList<>();

    @Test
    void anAnswerArrivesTwoHundredEventsAfterItWasAskedForAndOnce() throws IOException {
        Path file = folder.resolve("answers");
        try (var writer = new AnswerFile.Writer(file)) {
            writer.write(answer(0, "first"));
            writer.write(answer(0, "second"));
            writer.write(answer(130, "third"));
        }
        try (var reader = new AnswerFile.Reader(file)) {
            var delayed = new Delayed(reader, Duration.ZERO);

            delayed.handOver(199, Instant.EPOCH, this::hear);
            assertThat(heard).isEmpty();
            delayed.handOver(200, Instant.EPOCH, this::hear);
            assertThat(heard).containsExactly("first", "second");
            delayed.handOver(329, Instant.EPOCH, this::hear);
            delayed.handOver(330, Instant.EPOCH, this::hear);
            delayed.handOver(10_000, Instant.EPOCH, this::hear);
            assertThat(heard).containsExactly("first", "second", "third");
        }
    }

    @Test
    void anAnswerIsAsOldAsWasAskedForWhenItArrives() throws IOException {
        Path file = folder.resolve("answers");
        try (var writer = new AnswerFile.Writer(file)) {
            writer.write(answer(0, "first"));
        }
        try (var reader = new AnswerFile.Reader(file)) {
            var delayed = new Delayed(reader, Duration.ofDays(7));

            delayed.handOver(5_000, Instant.EPOCH.plus(Duration.ofDays(7)).minusMillis(1), this::hear);
            assertThat(heard).isEmpty();
            delayed.handOver(5_000, Instant.EPOCH.plus(Duration.ofDays(7)), this::hear);
            assertThat(heard).containsExactly("first");
        }
    }

    @Test
    void withoutAnswersNothingArrives() throws IOException {
        Delayed.NOTHING.handOver(10_000, Instant.EPOCH, this::hear);

        assertThat(heard).isEmpty();
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
                        Instant.EPOCH),
                List.of());
    }

    private void hear(AnswerFile.Answer answer) {
        heard.add(answer.scores().requestId());
    }
}
