package coldstream.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuestionLimitTest {

    private static final long PATIENCE = 240;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void anAnswerInTimeIsToldOnce() throws Exception {
        try (QuestionLimit<String> questions = new QuestionLimit<>(Duration.ofMinutes(10), 1)) {
            questions.ask(() -> "yes", () -> "late", heard::add, over::countDown);

            assertThat(heard.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("yes");
            assertThat(over.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void aQuestionThatHangsIsInterruptedAndCountsAsLate() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (QuestionLimit<String> questions = new QuestionLimit<>(Duration.ofMillis(100), 1)) {
            questions.ask(
                    () -> {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                        return "too late";
                    },
                    () -> "late",
                    heard::add,
                    over::countDown);

            assertThat(heard.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("late");
            assertThat(interrupted.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
            assertThat(over.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
            assertThat(heard).isEmpty();
        }
    }

    /** Its thread is not free, and nobody is told that it were. */
    @Test
    void aQuestionThatCannotBeInterruptedKeepsItsPlaceUntilItEnds() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (QuestionLimit<String> questions = new QuestionLimit<>(Duration.ofMillis(50), 1)) {
            questions.ask(
                    () -> {
                        boolean released = false;
                        while (!released) {
                            try {
                                release.await();
                                released = true;
                            } catch (InterruptedException e) {
                                // a library that swallows it
                            }
                        }
                        return "too late";
                    },
                    () -> "late",
                    heard::add,
                    over::countDown);

            assertThat(heard.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("late");
            assertThat(over.getCount()).isEqualTo(1);
            release.countDown();
            assertThat(over.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
        }
    }
}
