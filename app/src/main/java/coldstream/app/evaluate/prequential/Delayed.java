package coldstream.app.evaluate.prequential;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers that reach the learner {@value ArmRun#DELAY} events after they were asked for, and not before they have an age: what
 * a language model said a week ago is all that is known of it.
 */
final class Delayed {

    /** No answers at all. */
    static final Delayed NOTHING = new Delayed(null, Duration.ZERO);

    private final AnswerFile.@Nullable Reader answers;
    private final Duration age;
    private Optional<AnswerFile.Answer> first = Optional.empty();
    private boolean started;

    /** @param age of every answer when it is heard of, at least, by event time */
    Delayed(AnswerFile.@Nullable Reader answers, Duration age) {
        this.answers = answers;
        this.age = age;
    }

    /** Hands over what is due before the event of this number, at this time. */
    void handOver(int event, Instant now, Consumer<AnswerFile.Answer> to) throws IOException {
        if (answers == null) {
            return;
        }
        if (!started) {
            started = true;
            first = answers.read();
        }
        while (first.isPresent() && due(first.get(), event, now)) {
            to.accept(first.get());
            first = answers.read();
        }
    }

    private boolean due(AnswerFile.Answer answer, int event, Instant now) {
        return answer.event() + ArmRun.DELAY <= event
                && !answer.scores().scoredAt().plus(age).isAfter(now);
    }
}
