package coldstream.monitor.alarm;

import coldstream.domain.DriftAlert;
import coldstream.monitor.Alarm;
import coldstream.monitor.AlarmListener;
import coldstream.monitor.Place;
import coldstream.monitor.Severity;
import coldstream.monitor.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Makes alerts of a watch's alarms and hands them to a desk. Thread-safe; never waits. */
public final class DriftAlarms implements AlarmListener {

    private final AlarmDesk desk;
    private final AlarmDesk.Owner owner;
    private final InstantSource clock;

    public DriftAlarms(AlarmDesk desk, AlarmDesk.Owner owner, InstantSource clock) {
        this.desk = desk;
        this.owner = owner;
        this.clock = clock;
    }

    @Override
    public void changed(Alarm alarm, Place place) {
        if (alarm.open()) {
            desk.opened(alert(alarm, place));
        } else {
            desk.closed(
                    key(alarm.signal()),
                    "%s of %s is back: tests in a row found no change any more"
                            .formatted(
                                    alarm.signal().name().replace('_', ' '),
                                    alarm.signal().stratum()));
        }
    }

    /** A watch began, with these alarms open: alerts of others that are open speak of nothing any more. */
    public void began(Collection<Alarm> open) {
        desk.keepOpen(open.stream().map(alarm -> key(alarm.signal())).collect(Collectors.toUnmodifiableSet()));
    }

    private String key(Signal signal) {
        return owner.model() + "/" + signal.key();
    }

    private DriftAlert alert(Alarm alarm, Place place) {
        Instant now = clock.instant();
        Signal signal = alarm.signal();
        return new DriftAlert(
                DriftAlert.id(
                        owner.model(),
                        signal.layer().key(),
                        signal.name(),
                        signal.stratum(),
                        alarm.detector().key(),
                        alarm.opened().step()),
                owner.model(),
                owner.source(),
                DriftAlert.State.OPEN,
                signal.layer().key(),
                signal.name(),
                signal.stratum(),
                alarm.detector().key(),
                alarm.statistic(),
                alarm.threshold(),
                alarm.value(),
                alarm.reference(),
                new DriftAlert.Window(alarm.from(), alarm.to(), alarm.samples()),
                alarm.referenceVersion(),
                place.version(),
                place.step(),
                place.fromOffsets(),
                place.toOffsets(),
                alarm.severity() == Severity.CRITICAL ? DriftAlert.Severity.CRITICAL : DriftAlert.Severity.WARNING,
                alarm.message(),
                List.of(),
                now,
                now);
    }
}
