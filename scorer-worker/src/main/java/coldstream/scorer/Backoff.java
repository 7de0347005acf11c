package coldstream.scorer;

import java.time.Duration;

/** A pause that doubles with every failure, up to a limit, and ends with a success. One thread. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private Duration pause = Duration.ZERO;

    /** @param first after one failure */
    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** How long to wait now; zero after a success. */
    Duration pause() {
        return pause;
    }

    void succeeded() {
        pause = Duration.ZERO;
    }

    void failed() {
        Duration next = pause.isZero() ? first : pause.multipliedBy(2);
        pause = next.compareTo(longest) < 0 ? next : longest;
    }
}
