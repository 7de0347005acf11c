package coldstream.monitor;

import coldstream.evaluation.drift.FalseDiscoveries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches signals: takes their values, and at every {@link #look} says which alarms open and close.
 *
 * <p><b>False alarms.</b> A look that comes Δ after the one before may call as many false alarms as the setting allows for Δ:
 * with a a day, q = a Δ / day, and at most {@value #MOST_AT_ONCE}. A signal's chance is the least of its detectors', times
 * their number; of all signals tested those alarm whose chance, adjusted after Benjamini and Hochberg, is at most q, whose
 * change is large enough to matter, and goes the way that does harm. Values that resemble their neighbours count for as many as are
 * independent. An alarm closes when three tests in a row find nothing; then the signal rests for the cool-down.
 *
 * <p>What it says depends on what it is given alone. One thread at a time.
 */
public final class Watch {

    /** However long nothing was looked at. */
    static final double MOST_AT_ONCE = 0.01;

    private static final int QUIET_TESTS = 3;
    private static final double DAY = Duration.ofDays(1).toNanos();

    private final WatchSettings settings;
    private final Map<Signal, Subject> subjects = new TreeMap<>();
    private Optional<String> version = Optional.empty();
    private @Nullable Instant lastTest;
    private Instant beginning = Instant.MIN;
    private long opened;

    public Watch(WatchSettings settings, Collection<WatchedSignal> signals) {
        this.settings = settings;
        signals.forEach(this::watch);
    }

    private void watch(WatchedSignal plan) {
        Subject subject = plan.isEstimate() ? new Gauge(plan) : new Channel(plan);
        if (subjects.put(plan.signal(), subject) != null) {
            throw new IllegalArgumentException("a signal must be watched once, got " + plan.signal() + " twice");
        }
    }

    /** What takes a signal's values. */
    public Channel channel(Signal signal) {
        if (subjects.get(signal) instanceof Channel channel) {
            return channel;
        }
        throw new IllegalArgumentException("values must be of a watched signal, got " + signal);
    }

    /** What takes a signal's estimates. */
    public Gauge gauge(Signal signal) {
        if (subjects.get(signal) instanceof Gauge gauge) {
            return gauge;
        }
        throw new IllegalArgumentException("estimates must be of a watched signal, got " + signal);
    }

    /** Compares with what this version learnt from, from now on; signals it does not know with their own past. */
    public void compareWith(String champion, Reference reference) {
        version = Optional.of(champion);
        subjects.forEach(
                (signal, subject) -> subject.compareWith(reference.of(signal).orElse(null)));
    }

    /** Compares with the signals' own past, from now on. */
    public void compareWithOwnPast() {
        version = Optional.empty();
        subjects.values().forEach(subject -> subject.compareWith(null));
    }

    /** The version whose reference values are compared with; empty while it is their own past. */
    public Optional<String> comparedWith() {
        return version;
    }

    /** What was seen of late, to be compared with later. */
    public Reference learnt() {
        Map<Signal, Learnt> learnt = new TreeMap<>();
        subjects.forEach((signal, subject) -> subject.learnt().ifPresent(one -> learnt.put(signal, one)));
        return new Reference(learnt);
    }

    /** Goes on from what was seen before a restart, and the alarms that were open then. */
    public void resume(Reference learnt, Collection<Alarm> open) {
        learnt.signals.forEach((signal, one) -> {
            Subject subject = subjects.get(signal);
            if (subject != null) {
                subject.resume(one);
            }
        });
        for (Alarm alarm : open) {
            Subject subject = subjects.get(alarm.signal());
            if (subject != null && alarm.open()) {
                subject.alarm = alarm;
                subject.quiet = 0;
            }
        }
    }

    /** Tests every signal that has enough, and begins new windows. */
    public List<Alarm> look(Moment now) {
        return look(now, false);
    }

    /**
     * As {@link #look(Moment)}.
     *
     * @param again whether this was looked at before a restart: then nothing opens or closes
     * @return alarms that opened or closed, by signal
     */
    public List<Alarm> look(Moment now, boolean again) {
        double allowed = allowed(now.time());
        List<Subject> tested = subjects.values().stream().filter(Subject::ready).toList();
        if (tested.isEmpty()) {
            return List.of();
        }
        for (Subject subject : tested) {
            subject.look(allowed / tested.size() / subject.plan.detectors().size());
        }
        lastTest = now.time();
        List<Alarm> changed = again ? List.of() : decided(tested, now, allowed);
        for (Subject subject : tested) {
            subject.from = now.time();
        }
        return changed;
    }

    private double allowed(Instant now) {
        if (lastTest == null) {
            lastTest = now;
            beginning = now;
            return 0;
        }
        double passed = Math.max(0, Duration.between(lastTest, now).toNanos());
        return Math.min(MOST_AT_ONCE, settings.falseAlarmsPerDay() * passed / DAY);
    }

    private List<Alarm> decided(List<Subject> tested, Moment now, double allowed) {
        double[] adjusted = FalseDiscoveries.adjusted(
                tested.stream().mapToDouble(Subject::chance).toArray());
        List<Alarm> changed = new ArrayList<>();
        for (int k = 0; k < adjusted.length; k++) {
            Subject subject = tested.get(k);
            if (subject.alarm != null) {
                close(subject, now).ifPresent(changed::add);
            } else if (adjusted[k] <= allowed && allowed > 0 && !now.time().isBefore(subject.rests)) {
                changed.add(open(subject, now));
            }
        }
        return changed;
    }

    private Alarm open(Subject subject, Moment now) {
        Finding finding = subject.surest().orElseThrow();
        boolean versions = finding.detector() == Detector.PSI
                || finding.detector() == Detector.KS
                || finding.detector() == Detector.MEAN
                || finding.detector() == Detector.SHIFT;
        Alarm alarm = new Alarm(
                subject.plan.signal(),
                finding.detector(),
                subject.plan.severity(),
                finding.statistic(),
                finding.threshold(),
                subject.value,
                subject.reference,
                finding.chance(),
                subject.from == null ? beginning : subject.from,
                now.time(),
                subject.samples,
                versions && subject.hasChampion() ? version : Optional.empty(),
                now,
                Optional.empty());
        subject.alarm = alarm;
        subject.quiet = 0;
        subject.opened(finding.detector());
        opened++;
        return alarm;
    }

    private Optional<Alarm> close(Subject subject, Moment now) {
        Alarm alarm = java.util.Objects.requireNonNull(subject.alarm);
        subject.quiet = subject.lasts() ? 0 : subject.quiet + 1;
        if (subject.quiet < QUIET_TESTS) {
            return Optional.empty();
        }
        subject.alarm = null;
        subject.rests = now.time().plus(settings.coolDown());
        return Optional.of(alarm.closed(now));
    }

    /** Alarms that are open, by signal. */
    public List<Alarm> open() {
        return subjects.values().stream()
                .flatMap(subject -> Optional.ofNullable(subject.alarm).stream())
                .toList();
    }

    /** Alarms opened so far. */
    public long opened() {
        return opened;
    }

    /** What every detector last said, by signal. */
    public List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        for (Subject subject : subjects.values()) {
            Optional<Instant> since = Optional.ofNullable(subject.alarm)
                    .map(alarm -> alarm.opened().time());
            for (Finding finding : subject.findings) {
                readings.add(new Reading(
                        subject.plan.signal(),
                        finding.detector(),
                        finding.statistic(),
                        finding.threshold(),
                        finding.chance(),
                        subject.value,
                        subject.reference,
                        subject.samples,
                        since.isPresent(),
                        since));
            }
        }
        return readings;
    }

    /** How the signals are watched, in the order of {@link #readings}. */
    public List<WatchedSignal> plans() {
        return subjects.values().stream().map(subject -> subject.plan).toList();
    }
}
