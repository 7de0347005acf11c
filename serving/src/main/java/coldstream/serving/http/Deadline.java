package coldstream.serving.http;

import coldstream.service.Problem;
import coldstream.service.ProblemException;
import java.time.Duration;
import java.util.Map;

/** When a request must have been answered. */
final class Deadline {

    private final Duration limit;
    private final long end;

    /** @param limit from now on */
    Deadline(Duration limit) {
        this.limit = limit;
        end = System.nanoTime() + limit.toNanos();
    }

    long nanosLeft() {
        return Math.max(0, end - System.nanoTime());
    }

    /** Ends a request that took too long. */
    void check() {
        if (nanosLeft() == 0) {
            throw missed();
        }
    }

    ProblemException missed() {
        return new ProblemException(new Problem(
                503,
                "Time-out",
                "a request must be answered within " + limit.toMillis() + " ms",
                Map.of("Retry-After", "1")));
    }
}
