package coldstream.console.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well the model predicts, over time.
 *
 * @param since when the oldest point was so
 * @param strata quality since the warm-up, by stratum
 * @param windows quality of the samples since the version before, by stratum
 * @param versions when each was made
 */
public record Quality(
        Instant since, Map<String, List<Point>> strata, Map<String, List<Window>> windows, List<Mark> versions) {

    /**
     * Where the quality stood.
     *
     * @param samples learnt by then
     * @param low end of the 95 % interval of {@code auc}
     * @param high end of it
     * @param logloss nats per row
     * @param calibration mean predicted probability over the share of positives
     * @param n events it is measured by
     */
    public record Point(
            Instant time,
            long samples,
            @Nullable Double auc,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double logloss,
            @Nullable Double calibration,
            long n)
            implements Timed {}

    /** As a point, of a version's own samples alone. */
    public record Window(
            Instant time,
            long samples,
            String version,
            @Nullable Double auc,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double logloss,
            long n)
            implements Timed {}

    /** A version, as of now. */
    public record Mark(Instant time, String version, long samples, boolean champion, List<String> aliases)
            implements Timed {}
}
