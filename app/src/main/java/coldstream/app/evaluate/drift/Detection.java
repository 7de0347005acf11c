package coldstream.app.evaluate.drift;

import coldstream.app.dataset.Change;
import coldstream.app.dataset.Drift;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How soon a change was noticed: the first that is raised at or after its first event.
 *
 * @param events from the change's first event to the one at which it was raised
 * @param days the same on the stream's clock
 * @param raised what was raised
 */
record Detection(int events, double days, Raised raised) {

    private static final double SECONDS = 86_400;

    /**
     * The detection of a change, if it came in time.
     *
     * @param which of what was raised counts
     * @param horizon days after the change, for a gradual one after its end, in which it counts as noticed
     */
    static Optional<Detection> of(List<Raised> raised, Predicate<Raised> which, Change change, double horizon) {
        Instant until = change.drift().kind() == Drift.Kind.GRADUAL ? change.until() : change.from();
        Instant deadline = until.plusSeconds((long) (horizon * SECONDS));
        return raised.stream()
                .filter(which)
                .filter(one -> one.event() >= change.firstEvent() && !one.time().isAfter(deadline))
                .findFirst()
                .map(one -> new Detection(one.event() - change.firstEvent(), days(change.from(), one.time()), one));
    }

    /** What is raised a day from the first counted event on, where nothing changes. */
    static double falseAlarmsPerDay(List<StreamOutcome> steady, Predicate<Raised> which) {
        double days = 0;
        long alarms = 0;
        for (StreamOutcome stream : steady) {
            days += days(stream.start(), stream.end());
            alarms += stream.arms().get(0).raised().stream()
                    .filter(which)
                    .filter(one -> one.event() > stream.warmUp())
                    .count();
        }
        return days > 0 ? alarms / days : Double.NaN;
    }

    /** Chance that a false alarm comes within the horizon anyway, if they come independently of each other. */
    static double luck(double falseAlarmsPerDay, double horizon) {
        return 1 - Math.exp(-falseAlarmsPerDay * horizon);
    }

    private static double days(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0 / SECONDS;
    }
}
