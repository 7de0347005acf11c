package coldstream.console.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How much a total has risen of late. A total that falls has begun again from 0, as that of a process that was started again.
 *
 * <p>Bounded by the window over the time between two readings. Not thread-safe.
 */
final class Rise {

    private final Duration window;
    private final Deque<At> readings = new ArrayDeque<>();
    private double last;

    /** @param risen in all, since the first reading */
    private record At(Instant time, double risen) {}

    Rise(Duration window) {
        this.window = window;
    }

    void add(Instant time, double total) {
        At newest = readings.peekLast();
        double risen = newest == null ? 0 : newest.risen() + (total >= last ? total - last : total);
        last = total;
        readings.addLast(new At(time, risen));
        Instant oldest = time.minus(window);
        while (readings.size() > 2 && !second().time().isAfter(oldest)) {
            readings.removeFirst();
        }
    }

    private At second() {
        var each = readings.iterator();
        each.next();
        return each.next();
    }

    /** Within the window, or since the first reading if that was later; empty before the second. */
    OptionalDouble amount() {
        At first = readings.peekFirst();
        At newest = readings.peekLast();
        return first == null || newest == null || readings.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(newest.risen() - first.risen());
    }

    /** As {@link #amount}, by the second. */
    OptionalDouble perSecond() {
        At first = readings.peekFirst();
        At newest = readings.peekLast();
        if (first == null || newest == null) {
            return OptionalDouble.empty();
        }
        double seconds = Duration.between(first.time(), newest.time()).toMillis() / 1_000.0;
        return seconds <= 0 ? OptionalDouble.empty() : OptionalDouble.of((newest.risen() - first.risen()) / seconds);
    }

    /** How much this rose for each 1 that the other rose; empty if the other did not. */
    OptionalDouble per(Rise other) {
        double others = other.amount().orElse(0);
        return others > 0 && amount().isPresent()
                ? OptionalDouble.of(amount().getAsDouble() / others)
                : OptionalDouble.empty();
    }
}
