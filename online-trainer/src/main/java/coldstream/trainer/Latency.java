package coldstream.trainer;

import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long samples took from reaching the system to being trained: 1 ms to a day, within 1 %. Thread-safe. */
final class Latency {

    private static final long LONGEST = Duration.ofDays(1).toMillis();
    private static final int DIGITS = 2;

    private final Histogram millis = new ConcurrentHistogram(LONGEST, DIGITS);

    void add(Duration duration) {
        millis.recordValue(Math.min(LONGEST, Math.max(0, duration.toMillis())));
    }

    /** Of everything added so far. */
    TrainerStatus.Percentiles percentiles() {
        Histogram copy = millis.copy();
        return new TrainerStatus.Percentiles(
                copy.getValueAtPercentile(50) / 1000.0, copy.getValueAtPercentile(99) / 1000.0);
    }
}
