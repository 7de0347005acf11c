package coldstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.service.Secret;
import coldstream.service.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingConfigTest {

    @Test
    void isSafeByDefault() {
        ServingConfig config = of(Map.of());

        assertThat(config.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8081);
        assertThat(config.model()).isEqualTo("ctr");
        assertThat(config.registry()).isEqualTo(URI.create("http://localhost:5000"));
        assertThat(config.registryToken()).isEmpty();
        assertThat(config.redis()).isEqualTo(URI.create("redis://localhost:6379"));
        assertThat(config.folder().endsWith(Path.of("data", "serving"))).isTrue();
        assertThat(config.poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.redisTimeout()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.maxItems()).isEqualTo(1_000);
        assertThat(config.traffic())
                .isEqualTo(new Traffic(2 * Runtime.getRuntime().availableProcessors(), 64, Duration.ofSeconds(1), 0));
        assertThat(config.topics().namespace()).isEqualTo("coldstream");
        assertThat(config.kafka()).containsEntry("bootstrap.servers", "localhost:9092");
    }

    @Test
    void everySettingReachesItsPlace() {
        ServingConfig config = of(Map.ofEntries(
                Map.entry("bind-address", "0.0.0.0"),
                Map.entry("serving.port", "1234"),
                Map.entry("model.name", "shop"),
                Map.entry("registry.url", "http://r:1"),
                Map.entry("registry.token", "t"),
                Map.entry("redis.url", "redis://x:1"),
                Map.entry("data-directory", "/tmp/x"),
                Map.entry("serving.poll-interval", "5s"),
                Map.entry("serving.redis-timeout", "20ms"),
                Map.entry("serving.max-items", "50"),
                Map.entry("serving.max-running", "3"),
                Map.entry("serving.max-waiting", "0"),
                Map.entry("serving.timeout", "2s"),
                Map.entry("serving.shadow-share", "0.5"),
                Map.entry("namespace", "shop"),
                Map.entry("kafka.bootstrap-servers", "k:1")));

        assertThat(config.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(1234);
        assertThat(config.model()).isEqualTo("shop");
        assertThat(config.registry()).isEqualTo(URI.create("http://r:1"));
        assertThat(config.registryToken()).contains(new Secret("t"));
        assertThat(config.redis()).isEqualTo(URI.create("redis://x:1"));
        assertThat(config.folder()).hasToString("/tmp/x/serving");
        assertThat(config.poll()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.redisTimeout()).isEqualTo(Duration.ofMillis(20));
        assertThat(config.maxItems()).isEqualTo(50);
        assertThat(config.traffic()).isEqualTo(new Traffic(3, 0, Duration.ofSeconds(2), 0.5));
        assertThat(config.topics().namespace()).isEqualTo("shop");
        assertThat(config.kafka()).containsEntry("bootstrap.servers", "k:1");
    }

    @ParameterizedTest
    @CsvSource({
        "serving.poll-interval, 0s, serving.poll-interval must be positive",
        "serving.redis-timeout, 6s, serving.redis-timeout must be 1 ms to 5 s",
        "serving.max-items, 0, serving.max-items must be 1 to 100000",
        "serving.max-running, -1, serving.max-running must be 0 to 256",
        "serving.max-waiting, 201, serving.max-waiting must be 0 to 200",
        "serving.timeout, 9ms, serving.timeout must be 10 ms to 60 s",
        "serving.shadow-share, 1.5, serving.shadow-share must be 0 to 1",
    })
    void aValueOutsideItsRangeIsRefused(String key, String value, String message) {
        assertThatThrownBy(() -> of(Map.of(key, value))).hasMessageContaining(message);
    }

    private static ServingConfig of(Map<String, String> values) {
        return ServingConfig.from(Settings.of(ServingService.settings(), values));
    }
}
