package coldstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

    @Test
    void returnsTheFirstValue() {
        AtomicInteger attempts = new AtomicInteger();

        int value = Await.value("a third attempt", Duration.ofSeconds(5), () -> {
            int attempt = attempts.incrementAndGet();
            return attempt < 3 ? Optional.empty() : Optional.of(attempt);
        });

        assertThat(value).isEqualTo(3);
    }

    @Test
    void saysWhatNeverHappened() {
        assertThatThrownBy(() -> Await.until("pigs fly", Duration.ofMillis(30), () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("pigs fly");
    }
}
