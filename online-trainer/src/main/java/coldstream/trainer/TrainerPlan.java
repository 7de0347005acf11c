package coldstream.trainer;

import coldstream.service.BearerToken;
import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.trainer.drift.DriftDesk;
import coldstream.trainer.judge.Judge;
import coldstream.trainer.judge.JudgeConfig;
import coldstream.trainer.judge.JudgeMetrics;
import coldstream.trainer.judge.RegistryTribunal;
import coldstream.trainer.out.RegistrySnapshotPublisher;
import coldstream.trainer.out.SnapshotPublisher;
import coldstream.trainer.watch.ChampionSource;
import coldstream.trainer.watch.RegistryChampion;
import coldstream.trainer.watch.WatchConfig;
import coldstream.wire.PromotionClient;
import coldstream.wire.RegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a trainer is made of, before anything runs.
 *
 * @param kafka what every Kafka client starts from
 * @param drift what alarms of the watch are acted on with; nothing without a watch
 * @param token directives sent by hand must carry
 */
record TrainerPlan(
        TrainerConfig config,
        Map<String, Object> kafka,
        MeterRegistry meters,
        SnapshotPublisher publisher,
        Learning.Factory learners,
        Optional<Judge> judge,
        Optional<Watching> watching,
        Optional<DriftDesk.Config> drift,
        Optional<BearerToken> token) {

    private static final Duration REGISTRY_PAUSE = Duration.ofMillis(200);
    private static final int REGISTRY_ATTEMPTS = 2;

    /**
     * What a watch is made of.
     *
     * @param folder nobody else writes to
     */
    record Watching(WatchConfig config, ChampionSource champions, Path folder) {}

    /** A trainer that learns, and nothing besides. */
    static TrainerPlan alone(
            TrainerConfig config,
            Map<String, Object> kafka,
            MeterRegistry meters,
            SnapshotPublisher publisher,
            Learning.Factory learners) {
        return new TrainerPlan(
                config,
                kafka,
                meters,
                publisher,
                learners,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with a judge, or without. */
    TrainerPlan judged(Optional<Judge> by) {
        return new TrainerPlan(config, kafka, meters, publisher, learners, by, watching, drift, token);
    }

    /** The same with a watch. */
    TrainerPlan watched(Watching by) {
        return new TrainerPlan(config, kafka, meters, publisher, learners, judge, Optional.of(by), drift, token);
    }

    /** What these settings describe. */
    static TrainerPlan from(Settings settings, MeterRegistry meters) {
        TrainerConfig config = TrainerConfig.from(settings);
        Optional<String> token = settings.get(SharedSettings.REGISTRY_TOKEN).map(Secret::reveal);
        var registry = new RegistryClient(config.registry(), token);
        return new TrainerPlan(
                config,
                settings.kafkaClient(),
                meters,
                new RegistrySnapshotPublisher(registry, config.model()),
                Learning.Factory.of(config.learner()),
                Optional.of(judge(settings, config, meters, registry, token)),
                watching(settings, config, token),
                Optional.of(DriftDesk.Config.from(settings, token)),
                settings.get(TrainerConfig.TOKEN).map(BearerToken::new));
    }

    private static Judge judge(
            Settings settings,
            TrainerConfig config,
            MeterRegistry meters,
            RegistryClient registry,
            Optional<String> token) {
        var promotion =
                new PromotionClient(config.registry(), token, REGISTRY_ATTEMPTS, REGISTRY_PAUSE, "coldstream-judge");
        return new Judge(
                config.model(),
                JudgeConfig.from(settings),
                new RegistryTribunal(registry, promotion, config.model(), folder(settings, "judge", config)),
                new JudgeMetrics(meters),
                InstantSource.system());
    }

    private static Optional<Watching> watching(Settings settings, TrainerConfig config, Optional<String> token) {
        WatchConfig watch = WatchConfig.from(settings);
        if (!watch.enabled()) {
            return Optional.empty();
        }
        var registry = new RegistryClient(config.registry(), token, REGISTRY_ATTEMPTS, REGISTRY_PAUSE);
        var champions = new RegistryChampion(registry, config.model());
        return Optional.of(new Watching(watch, champions, folder(settings, "watch", config)));
    }

    private static Path folder(Settings settings, String part, TrainerConfig config) {
        return Path.of(settings.get(SharedSettings.DATA_DIRECTORY), part, config.model());
    }

    /** Everything that can be set. */
    static List<Setting<?>> settings() {
        var all = new ArrayList<Setting<?>>(SharedSettings.ALL);
        all.addAll(TrainerConfig.SETTINGS);
        all.addAll(JudgeConfig.SETTINGS);
        all.addAll(WatchConfig.SETTINGS);
        all.addAll(DriftDesk.Config.settings());
        return List.copyOf(all);
    }

    Identity identity() {
        return new Identity(config.model(), config.seed(), config.learnt(), config.configHash(), BuildInfo.commit());
    }

    /** Where tensors are computed: {@code cpu} or {@code gpu:N}. */
    String device() {
        return config.learner().model().compute().place();
    }
}
