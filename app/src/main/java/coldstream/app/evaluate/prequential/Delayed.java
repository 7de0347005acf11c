package coldstream.app.evaluate.prequential;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers that reach the learner {@value ArmRun#DELAY} events after they were asked for. */
final class Delayed {

    /** No answers at all. */
    static final Delayed NOTHING = new Delayed(null);

    private final AnswerFile.@Nullable Reader answers;
    private Optional<AnswerFile.Answer> first = Optional.empty();
    private boolean started;

    Delayed(AnswerFile.@Nullable Reader answers) {
        this.answers = answers;
    }

    /** Hands over what is due before the event of this number. */
    void handOver(int event, StreamLearner learner) throws IOException {
        if (answers == null) {
            return;
        }
        if (!started) {
            started = true;
            first = answers.read();
        }
        while (first.isPresent() && first.get().event() + ArmRun.DELAY <= event) {
            learner.scores(first.get().scores());
            first = answers.read();
        }
    }
}
