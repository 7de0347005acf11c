package coldstream.console.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is watched for drift, and how operations go.
 *
 * @param reference what the champion learnt from, which the present is compared with
 * @param signals as of now
 * @param series of the signals, by key
 * @param operations plain numbers over time
 */
public record SignalsView(
        Instant time,
        Instant since,
        String model,
        @Nullable Reference reference,
        List<Signal> signals,
        Map<String, List<Point>> series,
        List<Operation> operations) {

    /** Of whom and of how much the reference is. */
    public record Reference(
            @Nullable String version, @Nullable Long samples) {}

    /**
     * A signal as one detector sees it.
     *
     * @param key layer/signal/stratum/detector
     * @param source {@code trainer} or {@code console}
     * @param statistic of the detector, which alarms when it is beyond {@code threshold}
     * @param value of the signal now
     * @param reference what it was when the champion learnt
     * @param since when the alarm opened
     */
    public record Signal(
            String key,
            String source,
            String layer,
            String signal,
            String stratum,
            String detector,
            @Nullable Double statistic,
            @Nullable Double threshold,
            @Nullable Double value,
            @Nullable Double reference,
            @Nullable Long samples,
            boolean alarmed,
            @Nullable String since) {}

    /** Where a signal stood. */
    public record Point(
            Instant time,
            @Nullable Double statistic,
            @Nullable Double value) implements Timed {}

    /**
     * A plain number over time.
     *
     * @param group throughput, lag, freshness, cost or failures
     * @param limit from which on a part is late, where there is one
     */
    public record Operation(
            String name,
            String group,
            String label,
            String unit,
            @Nullable Double limit,
            List<Reading> points) {}

    /** What it was. */
    public record Reading(Instant time, double value) implements Timed {}
}
