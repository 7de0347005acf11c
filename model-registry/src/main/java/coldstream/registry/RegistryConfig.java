package coldstream.registry;

import static coldstream.domain.Check.check;

import coldstream.registry.access.AccessConfig;
import coldstream.registry.artifacts.BucketConfig;
import coldstream.registry.events.SealConfig;
import coldstream.registry.events.WebhookConfig;
import coldstream.registry.promotion.PromotionRules;
import coldstream.registry.store.DatabaseConfig;
import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the model registry.
 *
 * @param folder of files and, unless {@code jdbcUrl} says otherwise, of the database
 * @param jdbcUrl of another database than the embedded one
 * @param bucket of versions' files, if they are not in the folder
 * @param seal of secrets in the database
 * @param keep newest versions of a model whose files are kept, beside those in use, at least 1
 * @param keepFor age up to which files are kept
 * @param maxFileBytes largest file taken, at least 1
 * @param maxSnapshotBytes largest snapshot taken, all files together, at least 1
 * @param uploadTtl after which an upload nobody made a version of is removed, more than zero
 * @param promotion what decides which version serves
 * @param topics that must exist before an event is sent
 * @param kafka what the events' producer starts from
 */
record RegistryConfig(
        String bindAddress,
        int port,
        Path folder,
        Optional<String> jdbcUrl,
        Optional<String> jdbcUser,
        Optional<Secret> jdbcPassword,
        AccessConfig access,
        Optional<BucketConfig> bucket,
        WebhookConfig webhooks,
        SealConfig seal,
        int keep,
        Duration keepFor,
        long maxFileBytes,
        long maxSnapshotBytes,
        Duration uploadTtl,
        PromotionRules promotion,
        TopicSetup topics,
        Map<String, Object> kafka) {

    static final Setting<Optional<String>> JDBC_URL = Setting.ofOptionalString(
            "registry.jdbc-url",
            "where versions and the audit are kept, such as jdbc:postgresql://host/coldstream; empty for a file below data-directory");
    static final Setting<Optional<String>> JDBC_USER =
            Setting.ofOptionalString("registry.jdbc-user", "user of the database");
    static final Setting<Optional<Secret>> JDBC_PASSWORD =
            Setting.ofSecret("registry.jdbc-password", "password of the database");
    static final Setting<Integer> KEEP = Setting.ofInt(
            "registry.keep-versions",
            5,
            "versions",
            "newest versions whose files are kept, beside those that are in use");
    static final Setting<Duration> KEEP_FOR = Setting.ofDuration(
            "registry.keep-for", Duration.ZERO, "for which every version's files are kept, however many there are");
    static final Setting<Long> MAX_FILE_BYTES =
            Setting.ofLong("registry.max-file-bytes", 8L << 30, "bytes", "largest file of a snapshot");
    static final Setting<Long> MAX_SNAPSHOT_BYTES =
            Setting.ofLong("registry.max-snapshot-bytes", 32L << 30, "bytes", "largest snapshot, all files together");
    static final Setting<Duration> UPLOAD_TTL = Setting.ofDuration(
            "registry.upload-ttl", Duration.ofDays(1), "after which an upload that became no version is removed");
    static final List<Setting<?>> SETTINGS = settings();

    RegistryConfig {
        check(keep >= 1, "registry.keep-versions must be at least 1, got %d", keep);
        check(maxFileBytes >= 1, "registry.max-file-bytes must be at least 1, got %d", maxFileBytes);
        check(maxSnapshotBytes >= 1, "registry.max-snapshot-bytes must be at least 1, got %d", maxSnapshotBytes);
        check(uploadTtl.toMillis() > 0, "registry.upload-ttl must be positive, got %s", uploadTtl);
        kafka = Map.copyOf(kafka);
    }

    DatabaseConfig database() {
        return new DatabaseConfig(folder, jdbcUrl, jdbcUser, jdbcPassword);
    }

    static RegistryConfig from(Settings settings) {
        return new RegistryConfig(
                settings.get(SharedSettings.BIND_ADDRESS),
                settings.get(SharedSettings.REGISTRY_PORT),
                folder(settings),
                settings.get(JDBC_URL),
                settings.get(JDBC_USER),
                settings.get(JDBC_PASSWORD),
                AccessConfig.from(settings),
                BucketConfig.from(settings),
                WebhookConfig.from(settings),
                SealConfig.from(settings, folder(settings)),
                settings.get(KEEP),
                settings.get(KEEP_FOR),
                settings.get(MAX_FILE_BYTES),
                settings.get(MAX_SNAPSHOT_BYTES),
                settings.get(UPLOAD_TTL),
                PromotionRules.from(settings),
                new TopicSetup(
                        new Topics(settings.get(SharedSettings.NAMESPACE)),
                        settings.get(SharedSettings.MODEL_NAME),
                        settings.get(SharedSettings.TOPIC_PARTITIONS),
                        settings.get(SharedSettings.TOPIC_REPLICATION)),
                settings.kafkaClient());
    }

    private static Path folder(Settings settings) {
        return Path.of(settings.get(SharedSettings.DATA_DIRECTORY), "registry").toAbsolutePath();
    }

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(SharedSettings.ALL);
        all.addAll(List.of(
                JDBC_URL, JDBC_USER, JDBC_PASSWORD, KEEP, KEEP_FOR, MAX_FILE_BYTES, MAX_SNAPSHOT_BYTES, UPLOAD_TTL));
        all.addAll(PromotionRules.SETTINGS);
        all.addAll(AccessConfig.SETTINGS);
        all.addAll(BucketConfig.SETTINGS);
        all.addAll(WebhookConfig.SETTINGS);
        all.addAll(SealConfig.SETTINGS);
        return List.copyOf(all);
    }
}
