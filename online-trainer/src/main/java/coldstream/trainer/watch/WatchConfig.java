package coldstream.trainer.watch;

import static coldstream.domain.Check.check;

import coldstream.monitor.WatchSettings;
import coldstream.service.Setting;
import coldstream.service.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How the stream is watched.
 *
 * @param enabled whether it is watched at all
 * @param window samples after which every signal is tested, 100 to 1,000,000
 * @param poll how often the registry is asked which version is champion, at least 100 ms
 * @param alarms how much may be cried
 */
public record WatchConfig(boolean enabled, int window, Duration poll, WatchSettings alarms) {

    static final Setting<Boolean> ENABLED = Setting.ofBoolean(
            "trainer.watch.enabled", true, "watch input, predictions, outcomes and guidance for drift");
    static final Setting<Integer> WINDOW = Setting.ofInt(
            "trainer.watch.window", 1_000, "samples", "samples after which every signal is tested for drift");
    static final Setting<Double> FALSE_ALARMS = Setting.ofDouble(
            "trainer.watch.false-alarms-per-day",
            WatchSettings.DEFAULT.falseAlarmsPerDay(),
            "alarms a day",
            "drift alarms a day, over all signals together, that may open though nothing changed");
    static final Setting<Duration> COOL_DOWN = Setting.ofDuration(
            "trainer.watch.cool-down",
            WatchSettings.DEFAULT.coolDown(),
            "after a drift alarm closed, none opens for its signal for this long");
    static final Setting<Duration> POLL = Setting.ofDuration(
            "trainer.watch.poll", Duration.ofSeconds(5), "how often the registry is asked which version is champion");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(ENABLED, WINDOW, FALSE_ALARMS, COOL_DOWN, POLL);

    /** What is used where nothing is set. */
    public static final WatchConfig DEFAULT =
            new WatchConfig(true, 1_000, Duration.ofSeconds(5), WatchSettings.DEFAULT);

    public WatchConfig {
        check(100 <= window && window <= 1_000_000, "trainer.watch.window must be 100 to 1000000, got %d", window);
        check(poll.compareTo(Duration.ofMillis(100)) >= 0, "trainer.watch.poll must be at least 100 ms, got %s", poll);
    }

    public static WatchConfig from(Settings settings) {
        return new WatchConfig(
                settings.get(ENABLED),
                settings.get(WINDOW),
                settings.get(POLL),
                new WatchSettings(settings.get(FALSE_ALARMS), settings.get(COOL_DOWN)));
    }
}
