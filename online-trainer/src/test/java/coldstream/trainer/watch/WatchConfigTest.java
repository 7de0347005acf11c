package coldstream.trainer.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.monitor.WatchSettings;
import coldstream.service.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchConfigTest {

    private static WatchConfig with(Map<String, String> values) {
        return WatchConfig.from(Settings.of(WatchConfig.SETTINGS, values));
    }

    @Test
    void defaults() {
        assertThat(with(Map.of())).isEqualTo(WatchConfig.DEFAULT);
        assertThat(WatchConfig.DEFAULT.enabled()).isTrue();
        assertThat(WatchConfig.DEFAULT.window()).isEqualTo(1_000);
        assertThat(WatchConfig.DEFAULT.poll()).isEqualTo(Duration.ofSeconds(5));
        assertThat(WatchConfig.DEFAULT.alarms()).isEqualTo(new WatchSettings(1, Duration.ofMinutes(10)));
    }

    @Test
    void everySettingReachesWhatItSets() {
        assertThat(with(Map.of(
                        "trainer.watch.enabled", "false",
                        "trainer.watch.window", "500",
                        "trainer.watch.false-alarms-per-day", "0.1",
                        "trainer.watch.cool-down", "1h",
                        "trainer.watch.poll", "1s")))
                .isEqualTo(new WatchConfig(
                        false, 500, Duration.ofSeconds(1), new WatchSettings(0.1, Duration.ofHours(1))));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> with(Map.of("trainer.watch.window", "99")))
                .hasMessage("trainer.watch.window must be 100 to 1000000, got 99");
        assertThatThrownBy(() -> with(Map.of("trainer.watch.poll", "1ms")))
                .hasMessageStartingWith("trainer.watch.poll must be at least 100 ms");
    }
}
