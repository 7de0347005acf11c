package coldstream.monitor.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.service.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionConfigTest {

    static ActionConfig with(Map<String, String> values) {
        return ActionConfig.from(Settings.of(ActionConfig.SETTINGS, values));
    }

    @Test
    void theDefaultsActWithinBounds() {
        ActionConfig config = with(Map.of());

        assertThat(config.on()).isTrue();
        assertThat(config.off()).isEmpty();
        assertThat(config.coolDown()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.raiseFactor()).isEqualTo(1.5);
        assertThat(config.raiseSamples()).isEqualTo(5_000);
        assertThat(config.freezeTime()).isEqualTo(Duration.ofHours(1));
        assertThat(config.freshScores()).isEqualTo(200);
        assertThat(config.attempts()).isEqualTo(5);
    }

    @Test
    void everySettingIsRead() {
        ActionConfig config = with(Map.of(
                "drift.actions", "false",
                "drift.actions-off", "roll-back,reset-gate",
                "drift.rules", "input=none",
                "drift.cool-down", "1m",
                "drift.raise-factor", "3",
                "drift.raise-samples", "7",
                "drift.freeze-time", "2h",
                "drift.fresh-scores", "8",
                "drift.attempts", "2",
                "drift.retry-pause", "1s"));

        assertThat(config)
                .isEqualTo(new ActionConfig(
                        false,
                        List.of(ActionKind.ROLL_BACK, ActionKind.RESET_GATE),
                        List.of(new Rule(List.of("input"), List.of())),
                        Duration.ofMinutes(1),
                        3,
                        7,
                        Duration.ofHours(2),
                        8,
                        2,
                        Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "drift.raise-factor, 1, 'drift.raise-factor must be above 1 and at most 10, got 1.0'",
        "drift.raise-samples, 0, 'drift.raise-samples must be at least 1, got 0'",
        "drift.freeze-time, 0s, drift.freeze-time must be at least 1 s",
        "drift.fresh-scores, -1, drift.fresh-scores must be 0 to 100000",
        "drift.attempts, 0, drift.attempts must be 1 to 100",
        "drift.actions-off, sleep, an action must be one of",
        "drift.rules, sleep, a rule must read",
    })
    void aValueOutOfBoundsIsRefused(String key, String value, String message) {
        assertThatThrownBy(() -> with(Map.of(key, value)))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining(message);
    }
}
