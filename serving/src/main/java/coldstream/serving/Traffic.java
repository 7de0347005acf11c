package coldstream.serving;

import static coldstream.domain.Check.check;

import coldstream.service.Setting;
import coldstream.service.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How much is answered at once, and how much of it is compared with the challenger.
 *
 * @param maxRunning requests at once, 1 to 256
 * @param maxWaiting requests that wait for their turn, 0 to 200
 * @param timeout longest wait for an answer, 10 ms to 60 s
 * @param shadowShare of the answers that the challenger is compared with, in [0, 1]
 */
record Traffic(int maxRunning, int maxWaiting, Duration timeout, double shadowShare) {

    static final Setting<Integer> MAX_RUNNING = Setting.ofInt(
            "serving.max-running", 0, "requests", "requests answered at once; 0 for twice the processors");
    static final Setting<Integer> MAX_WAITING =
            Setting.ofInt("serving.max-waiting", 64, "requests", "requests that may wait; one more gets a 429");
    static final Setting<Duration> TIMEOUT = Setting.ofDuration(
            "serving.timeout", Duration.ofSeconds(1), "longest time for an answer; what takes longer gets a 503");
    static final Setting<Double> SHADOW_SHARE = Setting.ofDouble(
            "serving.shadow-share",
            0,
            "share",
            "share of the answers that the version under the alias challenger is compared with; 0 loads none");

    static final List<Setting<?>> SETTINGS = List.of(MAX_RUNNING, MAX_WAITING, TIMEOUT, SHADOW_SHARE);

    Traffic {
        check(maxRunning >= 1 && maxRunning <= 256, "serving.max-running must be 0 to 256, got %d", maxRunning);
        check(maxWaiting >= 0 && maxWaiting <= 200, "serving.max-waiting must be 0 to 200, got %d", maxWaiting);
        check(
                timeout.toMillis() >= 10 && timeout.toMillis() <= 60_000,
                "serving.timeout must be 10 ms to 60 s, got %s",
                timeout);
        check(shadowShare >= 0 && shadowShare <= 1, "serving.shadow-share must be 0 to 1, got %s", shadowShare);
    }

    static Traffic from(Settings settings) {
        int running = settings.get(MAX_RUNNING);
        return new Traffic(
                running == 0 ? Math.min(256, 2 * Runtime.getRuntime().availableProcessors()) : running,
                settings.get(MAX_WAITING),
                settings.get(TIMEOUT),
                settings.get(SHADOW_SHARE));
    }
}
