package coldstream.monitor;

import static coldstream.domain.Check.check;

import java.time.Duration;

/**
 * How much a watch may cry.
 *
 * @param falseAlarmsPerDay alarms a day of the stream's time, over all signals together, that may open though nothing changed
 * @param coolDown after an alarm closed none opens for its signal for this long, of the stream's time
 */
public record WatchSettings(double falseAlarmsPerDay, Duration coolDown) {

    public static final WatchSettings DEFAULT = new WatchSettings(1, Duration.ofMinutes(10));

    public WatchSettings {
        check(
                falseAlarmsPerDay > 0 && falseAlarmsPerDay <= 1_000,
                "false alarms a day must be above 0 and at most 1000, got %s",
                falseAlarmsPerDay);
        check(!coolDown.isNegative(), "a cool-down must not be negative, got %s", coolDown);
    }
}
