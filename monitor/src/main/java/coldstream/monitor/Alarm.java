package coldstream.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * A signal that changed. It opens once, stays open while the change lasts, and closes once.
 *
 * @param detector that was surest
 * @param statistic at the opening
 * @param threshold above which it would have been sure alone; where several signals change, less is sure of each
 * @param value what the signal is now, mean of the window
 * @param reference what it was, mean of the reference
 * @param chance about the chance of such a statistic, or a larger one, where nothing changed
 * @param from time of the window's beginning
 * @param to time of the window's end
 * @param samples values of the window
 * @param referenceVersion version that learnt from the reference; empty where it is the signal's own past
 * @param closed when it closed; empty while it is open
 */
public record Alarm(
        Signal signal,
        Detector detector,
        Severity severity,
        double statistic,
        double threshold,
        double value,
        double reference,
        double chance,
        Instant from,
        Instant to,
        long samples,
        Optional<String> referenceVersion,
        Moment opened,
        Optional<Moment> closed) {

    /** Whether it is open. */
    public boolean open() {
        return closed.isEmpty();
    }

    /** The same, closed. */
    public Alarm closed(Moment at) {
        return new Alarm(
                signal,
                detector,
                severity,
                statistic,
                threshold,
                value,
                reference,
                chance,
                from,
                to,
                samples,
                referenceVersion,
                opened,
                Optional.of(at));
    }

    /** What happened, in a sentence. */
    public String message() {
        return "%s of %s changed: %s is %.3g, %s %.3g; it is %.4g now and was %.4g in %s"
                .formatted(
                        signal.name().replace('_', ' '),
                        signal.stratum().equals(Signal.ALL)
                                ? "the whole stream"
                                : signal.stratum().replace('_', ' '),
                        detector.key(),
                        statistic,
                        statistic > threshold ? "above" : "sure beside what else changed, alone above",
                        threshold,
                        value,
                        reference,
                        referenceVersion
                                .map(version -> "what version " + version + " learnt from")
                                .orElse("its own past"));
    }
}
