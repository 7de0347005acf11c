package coldstream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coldstream.console.observe.Limits;
import coldstream.console.observe.Places;
import coldstream.monitor.WatchSettings;
import coldstream.service.Secret;
import coldstream.service.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleConfigTest {

    private static ConsoleConfig config(Map<String, String> values) {
        return ConsoleConfig.from(Settings.of(ConsoleConfig.SETTINGS, values));
    }

    @Test
    void defaults() {
        ConsoleConfig config = config(Map.of());

        assertThat(config.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8082);
        assertThat(config.hosts()).isEmpty();
        assertThat(config.replayToken()).isEmpty();
        assertThat(config.places())
                .isEqualTo(new Places(
                        URI.create("http://localhost:8083"),
                        List.of(URI.create("http://localhost:8081")),
                        List.of(URI.create("http://localhost:8080")),
                        List.of(URI.create("http://localhost:8084"))));
        assertThat(config.poll()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.history()).isEqualTo(2_000);
        assertThat(config.folder()).isEqualTo(Path.of("data", "console"));
        assertThat(config.keep()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.maxStreams()).isEqualTo(32);
        assertThat(config.deadLetters()).isEqualTo(5_000);
        assertThat(config.limits())
                .isEqualTo(new Limits(50_000, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(10)));
        assertThat(config.watching()).isEqualTo(new WatchSettings(1, Duration.ofMinutes(10)));
    }

    @Test
    void everySettingCanBeOverridden() {
        ConsoleConfig config = config(Map.ofEntries(
                Map.entry("console.hosts", "console.example,other.example"),
                Map.entry("console.replay-token", "s3cret"),
                Map.entry("console.trainer-url", "http://t:1"),
                Map.entry("console.serving-urls", "http://s:2,http://s:3"),
                Map.entry("console.ingest-urls", "http://i:4"),
                Map.entry("console.scorer-urls", "http://l:5"),
                Map.entry("console.poll", "1s"),
                Map.entry("console.timeout", "6ms"),
                Map.entry("console.history", "700"),
                Map.entry("data-directory", "/tmp/elsewhere"),
                Map.entry("console.keep", "8s"),
                Map.entry("console.max-streams", "9"),
                Map.entry("console.dead-letters", "10"),
                Map.entry("console.late-lag", "11"),
                Map.entry("console.late-trained", "12s"),
                Map.entry("console.late-servable", "13s"),
                Map.entry("console.late-scores", "14s"),
                Map.entry("console.false-alarms-per-day", "0.15"),
                Map.entry("console.alarm-cool-down", "16s")));

        assertThat(config.hosts()).containsExactly("console.example", "other.example");
        assertThat(config.replayToken()).map(Secret::reveal).contains("s3cret");
        assertThat(config.places())
                .isEqualTo(new Places(
                        URI.create("http://t:1"),
                        List.of(URI.create("http://s:2"), URI.create("http://s:3")),
                        List.of(URI.create("http://i:4")),
                        List.of(URI.create("http://l:5"))));
        assertThat(config.poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.timeout()).isEqualTo(Duration.ofMillis(6));
        assertThat(config.history()).isEqualTo(700);
        assertThat(config.folder()).isEqualTo(Path.of("/tmp/elsewhere/console"));
        assertThat(config.keep()).isEqualTo(Duration.ofSeconds(8));
        assertThat(config.maxStreams()).isEqualTo(9);
        assertThat(config.deadLetters()).isEqualTo(10);
        assertThat(config.limits())
                .isEqualTo(new Limits(11, Duration.ofSeconds(12), Duration.ofSeconds(13), Duration.ofSeconds(14)));
        assertThat(config.watching()).isEqualTo(new WatchSettings(0.15, Duration.ofSeconds(16)));
    }

    @ParameterizedTest
    @CsvSource({
        "console.poll, 199ms",
        "console.timeout, 0s",
        "console.history, 99",
        "console.max-streams, 0",
        "console.dead-letters, 0",
        "console.serving-urls, nowhere"
    })
    void whatCannotBeIsRefusedByItsName(String setting, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of(setting, value)))
                .withMessageContaining(setting);
    }
}
