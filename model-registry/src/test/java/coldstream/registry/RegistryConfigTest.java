package coldstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.registry.access.Role;
import coldstream.registry.artifacts.BucketConfig;
import coldstream.registry.events.SealConfig;
import coldstream.registry.events.WebhookConfig;
import coldstream.service.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        assertThat(config.maxSnapshotBytes()).isEqualTo(32L << 30);
        assertThat(config.bucket()).isEmpty();
        assertThat(config.webhooks())
                .isEqualTo(new WebhookConfig(List.of(), Duration.ofSeconds(10), Duration.ofDays(1)));
        assertThat(config.seal().key()).isEmpty();
        assertThat(config.seal().file()).hasFileName("secrets.key");
        assertThat(config.maxFileBytes()).isEqualTo(8L << 30);
        assertThat(config.uploadTtl()).isEqualTo(Duration.ofDays(1));
        assertThat(config.promotion().automatic()).isTrue();
        assertThat(config.promotion().shown())
                .containsEntry(
                        "registry.promotion-thresholds",
                        "auc=0.02,overall.auc=0.01,overall.calibration-high=2.0,overall.calibration-low=0.5,"
                                + "overall.logloss=0.05,tail.auc=1.0")
                .containsEntry("registry.promotion-required", "overall")
                .containsEntry("registry.promotion-without-evidence", "windows")
                .containsEntry("registry.canary-share", "0.0")
                .containsEntry("registry.approval", "false")
                .containsEntry("registry.rollback", "true")
                .containsEntry("registry.promotion-margin", "0.05");
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
                Map.entry("registry.max-snapshot-bytes", "20"),
                Map.entry("registry.tokens-file", "/tmp/tokens"),
                Map.entry("registry.s3-bucket", "b"),
                Map.entry("registry.s3-prefix", "p/"),
                Map.entry("registry.s3-endpoint", "http://s3:9000"),
                Map.entry("registry.s3-region", "eu-west-1"),
                Map.entry("registry.s3-access-key", "a"),
                Map.entry("registry.s3-secret-key", "s"),
                Map.entry("registry.webhook-private-hosts", "one, two"),
                Map.entry("registry.secrets-key", "AAAA"),
                Map.entry("registry.secrets-key-file", "/run/keys/registry"),
                Map.entry("registry.webhook-timeout", "3s"),
                Map.entry("registry.webhook-ttl", "3h"),
                Map.entry("registry.keep-versions", "3"),
                Map.entry("registry.max-file-bytes", "10"),
                Map.entry("registry.upload-ttl", "2h"),
                Map.entry("registry.promote", "false"),
                Map.entry("registry.promotion-thresholds", "tail.auc=0.04, logloss=0.2"),
                Map.entry("registry.promotion-error", "0.1"),
                Map.entry("registry.promotion-required", "overall,cold"),
                Map.entry("registry.promotion-min-positives", "8"),
                Map.entry("registry.promotion-min-users", "9"),
                Map.entry("registry.promotion-without-evidence", "wait"),
                Map.entry("registry.evidence-wait", "1s"),
                Map.entry("registry.trial-limit", "2s"),
                Map.entry("registry.canary-share", "0.25"),
                Map.entry("registry.canary-time", "3s"),
                Map.entry("registry.approval", "true"),
                Map.entry("registry.rollback", "false"),
                Map.entry("registry.rollback-thresholds", "auc=0.5"),
                Map.entry("registry.rollback-error", "0.02"),
                Map.entry("registry.watch-time", "4s"),
                Map.entry("registry.cool-down", "5s"),
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
        assertThat(config.access().file()).contains(Path.of("/tmp/tokens"));
        assertThat(config.bucket())
                .contains(new BucketConfig(
                        "b",
                        "p/",
                        Optional.of(URI.create("http://s3:9000")),
                        "eu-west-1",
                        Optional.of(new Secret("a")),
                        Optional.of(new Secret("s"))));
        assertThat(config.webhooks())
                .isEqualTo(new WebhookConfig(List.of("one", "two"), Duration.ofSeconds(3), Duration.ofHours(3)));
        assertThat(config.seal())
                .isEqualTo(new SealConfig(Optional.of(new Secret("AAAA")), Path.of("/run/keys/registry")));
        assertThat(config.maxSnapshotBytes()).isEqualTo(20);
        assertThat(config.keep()).isEqualTo(3);
        assertThat(config.keepFor()).isEqualTo(Duration.ofDays(2));
        assertThat(config.maxFileBytes()).isEqualTo(10);
        assertThat(config.uploadTtl()).isEqualTo(Duration.ofHours(2));
        assertThat(config.promotion().shown())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("registry.promote", "false"),
                        Map.entry("registry.promotion-thresholds", "logloss=0.2,tail.auc=0.04"),
                        Map.entry("registry.promotion-error", "0.1"),
                        Map.entry("registry.promotion-required", "overall,cold"),
                        Map.entry("registry.promotion-min-evidence", "7"),
                        Map.entry("registry.promotion-min-positives", "8"),
                        Map.entry("registry.promotion-min-users", "9"),
                        Map.entry("registry.promotion-without-evidence", "wait"),
                        Map.entry("registry.evidence-wait", "PT1S"),
                        Map.entry("registry.trial-limit", "PT2S"),
                        Map.entry("registry.canary-share", "0.25"),
                        Map.entry("registry.canary-time", "PT3S"),
                        Map.entry("registry.approval", "true"),
                        Map.entry("registry.rollback", "false"),
                        Map.entry("registry.rollback-thresholds", "auc=0.5"),
                        Map.entry("registry.rollback-error", "0.02"),
                        Map.entry("registry.watch-time", "PT4S"),
                        Map.entry("registry.cool-down", "PT5S"),
                        Map.entry("registry.promotion-margin", "0.02"),
                        Map.entry("registry.promotion-patience", "5"),
                        Map.entry("registry.promotion-limit", "0.3")));
        assertThat(config.topics().topics().namespace()).isEqualTo("shop");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.keep-versions, 0, registry.keep-versions must be at least 1",
        "registry.max-file-bytes, 0, registry.max-file-bytes must be at least 1",
        "registry.max-snapshot-bytes, 0, registry.max-snapshot-bytes must be at least 1",
        "registry.webhook-timeout, 0s, registry.webhook-timeout must be positive",
        "registry.upload-ttl, 0s, registry.upload-ttl must be positive",
        "registry.promotion-margin, 2, registry.promotion-margin must be in",
        "registry.promotion-thresholds, auk=1, 'a measure of registry.promotion-thresholds must be one of [auc, logloss,'",
        "registry.promotion-thresholds, head.auc=1, a stratum of registry.promotion-thresholds must be one of",
        "registry.promotion-thresholds, auc, 'must be written [stratum.]measure=number, got auc'",
        "registry.rollback-thresholds, auc=-1, 'a number of registry.rollback-thresholds must be 0 or more, got -1'",
        "registry.promotion-required, warm, a stratum of registry.promotion-required must be one of",
        "registry.canary-share, 1, 'registry.canary-share must be in [0, 1), got 1.0'",
    })
    void aValueOutsideItsRangeIsRefused(String key, String value, String message) {
        assertThatThrownBy(() -> RegistryConfigs.of(Map.of(key, value))).hasMessageContaining(message);
    }
}
