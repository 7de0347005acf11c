package coldstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.registry.access.Role;
import coldstream.registry.promotion.PromotionRule;
import coldstream.service.Secret;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryConfigTest {

    @Test
    void isSafeByDefault() {
        RegistryConfig config = RegistryConfigs.of(Map.of());

        assertThat(config.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(5000);
        assertThat(config.folder().toString()).endsWith("data/registry");
        assertThat(config.jdbcUrl()).isEmpty();
        assertThat(config.jdbcUser()).isEmpty();
        assertThat(config.jdbcPassword()).isEmpty();
        assertThat(config.access().everything()).isEmpty();
        assertThat(config.access().tokens()).isEmpty();
        assertThat(config.access().file()).isEmpty();
        assertThat(config.keep()).isEqualTo(5);
        assertThat(config.keepFor()).isEqualTo(Duration.ZERO);
        assertThat(config.maxFileBytes()).isEqualTo(8L << 30);
        assertThat(config.uploadTtl()).isEqualTo(Duration.ofDays(1));
        assertThat(config.promote()).isTrue();
        assertThat(config.rule()).isEqualTo(new PromotionRule(0.05, 100, 3, 0.1));
        assertThat(config.topics().topics().namespace()).isEqualTo("coldstream");
    }

    @Test
    void everySettingReachesItsPlace() {
        RegistryConfig config = RegistryConfigs.of(Map.ofEntries(
                Map.entry("bind-address", "0.0.0.0"),
                Map.entry("registry.port", "6000"),
                Map.entry("data-directory", "/tmp/x"),
                Map.entry("registry.jdbc-url", "jdbc:postgresql://db/c"),
                Map.entry("registry.jdbc-user", "u"),
                Map.entry("registry.jdbc-password", "p"),
                Map.entry("registry.token", "t"),
                Map.entry("registry.read-token", "r"),
                Map.entry("registry.publish-token", "w"),
                Map.entry("registry.promote-token", "d"),
                Map.entry("registry.keep-for", "48h"),
                Map.entry("registry.keep-versions", "3"),
                Map.entry("registry.max-file-bytes", "10"),
                Map.entry("registry.upload-ttl", "2h"),
                Map.entry("registry.promote", "false"),
                Map.entry("registry.promotion-margin", "0.02"),
                Map.entry("registry.promotion-min-evidence", "7"),
                Map.entry("registry.promotion-patience", "5"),
                Map.entry("registry.promotion-limit", "0.3"),
                Map.entry("namespace", "shop")));

        assertThat(config.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(6000);
        assertThat(config.folder()).hasToString("/tmp/x/registry");
        assertThat(config.jdbcUrl()).contains("jdbc:postgresql://db/c");
        assertThat(config.jdbcUser()).contains("u");
        assertThat(config.jdbcPassword()).contains(new Secret("p"));
        assertThat(config.access().everything()).contains(new Secret("t"));
        assertThat(config.access().tokens())
                .containsEntry(Role.READ, new Secret("r"))
                .containsEntry(Role.PUBLISH, new Secret("w"))
                .containsEntry(Role.PROMOTE, new Secret("d"));
        assertThat(config.access().file()).isEmpty();
        assertThat(config.keep()).isEqualTo(3);
        assertThat(config.keepFor()).isEqualTo(Duration.ofHours(48));
        assertThat(config.maxFileBytes()).isEqualTo(10);
        assertThat(config.uploadTtl()).isEqualTo(Duration.ofHours(2));
        assertThat(config.promote()).isFalse();
        assertThat(config.rule()).isEqualTo(new PromotionRule(0.02, 7, 5, 0.3));
        assertThat(config.topics().topics().namespace()).isEqualTo("shop");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.keep-versions, 0, registry.keep-versions must be at least 1",
        "registry.max-file-bytes, 0, registry.max-file-bytes must be at least 1",
        "registry.upload-ttl, 0s, registry.upload-ttl must be positive",
        "registry.promotion-margin, 2, registry.promotion-margin must be in",
    })
    void aValueOutsideItsRangeIsRefused(String key, String value, String message) {
        assertThatThrownBy(() -> RegistryConfigs.of(Map.of(key, value))).hasMessageContaining(message);
    }
}
