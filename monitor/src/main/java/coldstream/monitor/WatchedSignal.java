package coldstream.monitor;

import static coldstream.domain.Check.check;

import java.util.List;

/**
 * How a signal is watched.
 *
 * @param detectors each is asked; the surest names the alarm
 * @param material what a change must come to at least, however sure it is: PSI less its usual value, the Kolmogorov-Smirnov
 *     distance, or for {@link Detector#SHIFT} and {@link Detector#MEAN} the distance itself. The other detectors have bounds of
 *     their own
 * @param beyond what the value must have passed, the way that does harm, for an alarm; NaN where any value may alarm
 * @param expected what an estimate is compared with, whatever it was before; NaN where with the reference's
 */
public record WatchedSignal(
        Signal signal,
        Harm harm,
        Severity severity,
        List<Detector> detectors,
        double material,
        double beyond,
        double expected) {

    /** By common use a change to look at, of PSI; and as much of a Kolmogorov-Smirnov distance. */
    static final double LOOK = 0.1;

    public WatchedSignal {
        check(!detectors.isEmpty(), "a signal must have a detector, got none for %s", signal);
        check(
                !detectors.contains(Detector.SHIFT) || detectors.size() == 1,
                "shift must be the only detector of an estimate, got %s",
                detectors);
        check(
                Double.isNaN(expected) || detectors.contains(Detector.SHIFT),
                "what is expected must be said of an estimate, got %s",
                signal);
        check(material >= 0, "a material change must not be negative, got %s", material);
        detectors = List.copyOf(detectors);
    }

    /** Values whose distribution is compared with the reference's. */
    public static WatchedSignal distribution(Signal signal) {
        return new WatchedSignal(
                signal,
                Harm.EITHER,
                Severity.WARNING,
                List.of(Detector.PSI, Detector.KS),
                LOOK,
                Double.NaN,
                Double.NaN);
    }

    /** Shares, values in [0, 1], whose mean must not go further than this from the reference's. */
    public static WatchedSignal share(Signal signal, Harm harm, double material) {
        return distribution(signal)
                .detectors(List.of(Detector.MEAN, Detector.KS))
                .harm(harm)
                .material(material);
    }

    /** Values whose mean must not run away from its own past. */
    public static WatchedSignal outcome(Signal signal, Harm harm) {
        return new WatchedSignal(
                signal,
                harm,
                Severity.CRITICAL,
                List.of(Detector.ADWIN, Detector.PAGE_HINKLEY, Detector.KSWIN),
                LOOK,
                Double.NaN,
                Double.NaN);
    }

    /** An estimate, or a gauge, that must not go further than this from the reference's. */
    public static WatchedSignal estimate(Signal signal, Harm harm, double material) {
        return new WatchedSignal(
                signal, harm, Severity.WARNING, List.of(Detector.SHIFT), material, Double.NaN, Double.NaN);
    }

    /** The same, with this severity. */
    public WatchedSignal severity(Severity other) {
        return new WatchedSignal(signal, harm, other, detectors, material, beyond, expected);
    }

    /** The same, with these detectors. */
    public WatchedSignal detectors(List<Detector> others) {
        return new WatchedSignal(signal, harm, severity, others, material, beyond, expected);
    }

    /** The same, with this least change. */
    public WatchedSignal material(double other) {
        return new WatchedSignal(signal, harm, severity, detectors, other, beyond, expected);
    }

    /** The same, worth an alarm only where it goes this way. */
    public WatchedSignal harm(Harm other) {
        return new WatchedSignal(signal, other, severity, detectors, material, beyond, expected);
    }

    /** The same, worth an alarm only where the value has passed this, the way that does harm. */
    public WatchedSignal beyond(double bound) {
        return new WatchedSignal(signal, harm, severity, detectors, material, bound, expected);
    }

    /** The same, compared with this and not with what was: for a difference that has a right value, such as 0. */
    public WatchedSignal expected(double right) {
        return new WatchedSignal(signal, harm, severity, detectors, material, beyond, right);
    }

    /** Whether a value may alarm. */
    boolean passed(double value) {
        return switch (harm) {
            case RISE -> !(value <= beyond);
            case FALL -> !(value >= beyond);
            case EITHER -> true;
        };
    }

    boolean isEstimate() {
        return detectors.contains(Detector.SHIFT);
    }
}
