package coldstream.serving;

import static coldstream.domain.Check.check;

import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.serving.delta.DeltaMode;
import coldstream.wire.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of serving.
 *
 * @param model name of the model that is followed
 * @param folder for downloaded snapshots
 * @param poll between two looks at the registry, more than zero
 * @param redisTimeout longest wait for a user's state, 1 ms to 5 s
 * @param maxItems most items of one answer or one inference, and most users of a batch, 1 to 100 000
 * @param traffic how much is answered at once
 * @param deltas what of the changes since the champion's snapshot reaches users
 * @param topics whose registry events say that the champion changed
 * @param kafka what the events' consumer starts from
 */
record ServingConfig(
        String bindAddress,
        int port,
        String model,
        URI registry,
        Optional<Secret> registryToken,
        URI redis,
        Path folder,
        Duration poll,
        Duration redisTimeout,
        int maxItems,
        Traffic traffic,
        DeltaMode deltas,
        Topics topics,
        Map<String, Object> kafka) {

    static final Setting<Duration> POLL = Setting.ofDuration(
            "serving.poll-interval", Duration.ofSeconds(1), "between two looks at which version is champion");
    static final Setting<Duration> REDIS_TIMEOUT = Setting.ofDuration(
            "serving.redis-timeout",
            Duration.ofMillis(100),
            "longest wait for a user's state before answering without it");
    static final Setting<Integer> MAX_ITEMS = Setting.ofInt(
            "serving.max-items", 1_000, "items", "most items of one answer or one inference, most users of one batch");

    static final Setting<String> DELTAS = Setting.ofString(
            "serving.deltas",
            DeltaMode.LINE.text(),
            "what users see of what was learnt since the champion's snapshot: line (all of it, until a later version is"
                    + " kept back or the champion rolled back), champion (up to the next snapshot), off");

    static final List<Setting<?>> SETTINGS = settings();

    ServingConfig {
        check(poll.toMillis() > 0, "serving.poll-interval must be positive, got %s", poll);
        check(
                redisTimeout.toMillis() >= 1 && redisTimeout.toMillis() <= 5_000,
                "serving.redis-timeout must be 1 ms to 5 s, got %s",
                redisTimeout);
        check(maxItems >= 1 && maxItems <= 100_000, "serving.max-items must be 1 to 100000, got %d", maxItems);
        kafka = Map.copyOf(kafka);
    }

    static ServingConfig from(Settings settings) {
        return new ServingConfig(
                settings.get(SharedSettings.BIND_ADDRESS),
                settings.get(SharedSettings.SERVING_PORT),
                settings.get(SharedSettings.MODEL_NAME),
                settings.get(SharedSettings.REGISTRY_URL),
                settings.get(SharedSettings.REGISTRY_TOKEN),
                settings.get(SharedSettings.REDIS_URL),
                Path.of(settings.get(SharedSettings.DATA_DIRECTORY), "serving").toAbsolutePath(),
                settings.get(POLL),
                settings.get(REDIS_TIMEOUT),
                settings.get(MAX_ITEMS),
                Traffic.from(settings),
                DeltaMode.of(settings.get(DELTAS)),
                new Topics(settings.get(SharedSettings.NAMESPACE)),
                settings.kafkaClient());
    }

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(SharedSettings.ALL);
        all.addAll(List.of(POLL, REDIS_TIMEOUT, MAX_ITEMS, DELTAS));
        all.addAll(Traffic.SETTINGS);
        return List.copyOf(all);
    }
}
