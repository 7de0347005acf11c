package coldstream.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One signal as it is watched: what it was given, what it is compared with, and whether it alarms. */
abstract sealed class Subject permits Channel, Gauge {

    final WatchedSignal plan;

    /** Of the last test. */
    List<Finding> findings;

    double value = Double.NaN;
    double reference = Double.NaN;
    long samples;

    /** When what is being collected began. */
    @Nullable
    Instant from;

    @Nullable
    Alarm alarm;

    /** Tests in a row that found nothing, while an alarm is open. */
    int quiet;

    /** No alarm before this. */
    Instant rests = Instant.MIN;

    Subject(WatchedSignal plan) {
        this.plan = plan;
        findings = plan.detectors().stream().map(Finding::none).toList();
    }

    /** Whether there is enough for a test. */
    abstract boolean ready();

    /**
     * Tests what was given since the last test, and forgets it.
     *
     * @param level chance at or below which a detector of this signal alone would make an alarm
     */
    abstract void look(double level);

    /** An alarm of this detector's was opened: what comes now is what is usual. */
    abstract void opened(Detector by);

    /** Compares with what the champion learnt from, or without it with its own past. */
    abstract void compareWith(@Nullable Learnt champion);

    abstract boolean hasChampion();

    /** What it was given of late. */
    abstract Optional<Learnt> learnt();

    /** Goes on from what it was given before a restart. */
    abstract void resume(Learnt learnt);

    /** The surest finding that matters. */
    Optional<Finding> surest() {
        return findings.stream()
                .filter(this::matters)
                .min((one, other) -> Double.compare(one.chance(), other.chance()));
    }

    /** About the chance of the surest of all findings where nothing changed; 1 where none would matter. */
    double chance() {
        return Math.min(1, findings.size() * surest().map(Finding::chance).orElse(1.0));
    }

    /** Whether the change is still there to be seen. */
    boolean lasts() {
        return findings.stream().anyMatch(one -> matters(one) && one.statistic() > one.threshold());
    }

    private boolean matters(Finding finding) {
        return finding.material() && plan.passed(value);
    }
}
