package coldstream.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * What a detector last said of a signal.
 *
 * @param statistic what is compared with {@code threshold}; NaN before the first test
 * @param chance about the chance of such a statistic, or a larger one, where nothing changed; 1 before the first test
 * @param value mean of the window, or the estimate
 * @param reference mean of the reference, or its estimate; NaN without one
 * @param samples values of the window
 * @param alarmed whether an alarm of the signal is open
 * @param since when it opened
 */
public record Reading(
        Signal signal,
        Detector detector,
        double statistic,
        double threshold,
        double chance,
        double value,
        double reference,
        long samples,
        boolean alarmed,
        Optional<Instant> since) {}
