package coldstream.trainer.judge;

import static coldstream.domain.Check.check;

import coldstream.service.Setting;
import coldstream.service.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How much is judged.
 *
 * @param share of the steps, in [0, 1]; 0 judges nothing and loads nothing
 * @param rows kept for each comparison, at least 8,192
 * @param poll how often the registry is asked what to compare, at least 100 ms
 * @param report how often it is told what was found, at least 100 ms
 */
public record JudgeConfig(double share, int rows, Duration poll, Duration report) {

    static final Setting<Double> SHARE = Setting.ofDouble(
            "trainer.judge-share",
            0.1,
            "of steps",
            "steps on which frozen versions are measured beside the live weights; 0 for none");
    static final Setting<Integer> ROWS =
            Setting.ofInt("trainer.judge-rows", 65_536, "rows", "newest rows kept for each comparison, 14 bytes each");
    static final Setting<Duration> POLL = Setting.ofDuration(
            "trainer.judge-poll", Duration.ofSeconds(1), "how often the registry is asked what to compare");
    static final Setting<Duration> REPORT = Setting.ofDuration(
            "trainer.judge-report", Duration.ofSeconds(5), "how often the registry is told what was found");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(SHARE, ROWS, POLL, REPORT);

    private static final Duration SHORTEST = Duration.ofMillis(100);

    public JudgeConfig {
        check(share >= 0 && share <= 1, "trainer.judge-share must be in [0, 1], got %s", share);
        check(rows >= 8_192, "trainer.judge-rows must be at least 8192, got %d", rows);
        check(poll.compareTo(SHORTEST) >= 0, "trainer.judge-poll must be at least 100 ms, got %s", poll);
        check(report.compareTo(SHORTEST) >= 0, "trainer.judge-report must be at least 100 ms, got %s", report);
    }

    public static JudgeConfig from(Settings settings) {
        return new JudgeConfig(settings.get(SHARE), settings.get(ROWS), settings.get(POLL), settings.get(REPORT));
    }
}
