package coldstream.console.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RiseTest {

    private final Rise rise = new Rise(Duration.ofSeconds(60));

    private void at(long second, double total) {
        rise.add(Instant.ofEpochSecond(second), total);
    }

    @Test
    void oneReadingSaysNothing() {
        at(0, 1_000_000);

        assertThat(rise.amount()).isEmpty();
        assertThat(rise.perSecond()).isEmpty();
    }

    @Test
    void onlyTheWindowCounts() {
        for (int second = 0; second <= 600; second += 5) {
            at(second, second < 300 ? 100.0 * second : 30_000 + 2.0 * (second - 300));
        }

        assertThat(rise.perSecond().orElseThrow()).isCloseTo(2, within(1e-9));
        assertThat(rise.amount().orElseThrow()).isCloseTo(120, within(1e-9));
    }

    @Test
    void aTotalThatFallsHasBegunAgain() {
        at(0, 500);
        at(10, 510);
        at(20, 30);

        assertThat(rise.amount().orElseThrow()).isEqualTo(40);
    }

    @Test
    void aMeanIsOnlyThereWhereSomethingWasCounted() {
        Rise seconds = new Rise(Duration.ofSeconds(60));
        at(0, 10);
        seconds.add(Instant.ofEpochSecond(0), 5);
        at(10, 10);
        seconds.add(Instant.ofEpochSecond(10), 5);
        assertThat(seconds.per(rise)).isEmpty();

        at(20, 14);
        seconds.add(Instant.ofEpochSecond(20), 7);
        assertThat(seconds.per(rise).orElseThrow()).isEqualTo(0.5);
    }
}
