package coldstream.trainer;

import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long samples took from reaching the system to being trained: 1 ms to a day, within 1 %. Thread-safe. */
final class Latency {

    private static final long LONGEST = Duration.ofDays(1).toMillis();
    private static final int DIGITS = 2;

    private final Histogram millis = new ConcurrentHistogram(LONGEST, DIGITS);

    /** Seconds below which half, and 99 of 100, of the samples stayed; 0 without samples. */
    record Percentiles(double p50, double p99) {}

    void add(Duration duration) {
        millis.recordValue(Math.min(LONGEST, Math.max(0, duration.toMillis())));
    }

    Percentiles percentiles() {
        Histogram copy = millis.copy();
        return new Percentiles(copy.getValueAtPercentile(50) / 1000.0, copy.getValueAtPercentile(99) / 1000.0);
    }
}
