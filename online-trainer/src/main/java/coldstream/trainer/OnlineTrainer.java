package coldstream.trainer;

import coldstream.monitor.AlarmListener;
import coldstream.service.BearerToken;
import coldstream.service.RunningService;
import coldstream.service.Secret;
import coldstream.service.ServiceHttp;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.trainer.delta.DeltaPublisher;
import coldstream.trainer.delta.KafkaDeltaLog;
import coldstream.trainer.drift.DriftDesk;
import coldstream.trainer.in.KafkaSteps;
import coldstream.trainer.in.MismatchException;
import coldstream.trainer.in.StepRules;
import coldstream.trainer.in.Steps;
import coldstream.trainer.judge.Judge;
import coldstream.trainer.judge.JudgeConfig;
import coldstream.trainer.judge.JudgeMetrics;
import coldstream.trainer.judge.RegistryTribunal;
import coldstream.trainer.out.RegistrySnapshotPublisher;
import coldstream.trainer.out.SnapshotPublisher;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.trainer.out.Snapshots;
import coldstream.trainer.watch.ChampionSource;
import coldstream.trainer.watch.DriftReport;
import coldstream.trainer.watch.RegistryChampion;
import coldstream.trainer.watch.TrainerWatch;
import coldstream.trainer.watch.WatchConfig;
import coldstream.wire.Directive;
import coldstream.wire.Json;
import coldstream.wire.PromotionClient;
import coldstream.wire.RegistryClient;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that learns. It continues from its newest snapshot, repeats the steps its journal holds since then, and goes
 * on; a sample is never lost and never trained twice.
 *
 * <p>What runs is built at {@link #start()}, which fails in one line where snapshot, journal, topics and settings do not
 * belong together.
 */
public final class OnlineTrainer implements RunningService {

    private static final Logger LOG = LoggerFactory.getLogger(OnlineTrainer.class);
    private static final Duration TOPICS_LIMIT = Duration.ofSeconds(30);
    private static final Duration PUBLISH_PAUSE = Duration.ofSeconds(2);
    private static final Duration PUBLISH_AT_CLOSE = Duration.ofMillis(1_500);
    private static final int UPDATES_PER_STEP = 256;
    private static final Duration JUDGE_PAUSE = Duration.ofMillis(200);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private final TrainerConfig config;
    private final Map<String, Object> kafka;
    private final MeterRegistry meters;
    private final SnapshotPublisher publisher;
    private final Learning.Factory learners;
    private final Optional<Judge> judge;
    private final Optional<Watching> watching;
    private final Optional<DriftDesk.Config> drift;
    private final Optional<BearerToken> token;
    private final String device;
    private final InstantSource clock = InstantSource.system();

    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    /**
     * What a watch is made of.
     *
     * @param folder nobody else writes to
     */
    record Watching(WatchConfig config, ChampionSource champions, Path folder) {}

    /** The parts between start and close. */
    private record Running(
            Training training,
            TrainingLoop loop,
            Snapshots snapshots,
            Optional<DeltaPublisher> deltas,
            Optional<TrainerWatch> watch,
            Optional<DriftDesk> drift,
            TrainerMetrics metrics,
            ServiceHttp http) {}

    OnlineTrainer(
            TrainerConfig config,
            Map<String, Object> kafka,
            MeterRegistry meters,
            SnapshotPublisher publisher,
            Learning.Factory learners) {
        this(
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

    OnlineTrainer(
            TrainerConfig config,
            Map<String, Object> kafka,
            MeterRegistry meters,
            SnapshotPublisher publisher,
            Learning.Factory learners,
            Optional<Judge> judge,
            Optional<Watching> watching,
            Optional<DriftDesk.Config> drift,
            Optional<BearerToken> token) {
        this.config = config;
        this.kafka = kafka;
        this.meters = meters;
        this.publisher = publisher;
        this.learners = learners;
        this.judge = judge;
        this.watching = watching;
        this.drift = drift;
        this.token = token;
        device = config.learner().model().compute().place();
    }

    /** The trainer these settings describe, not started. */
    public static OnlineTrainer create(Settings settings, MeterRegistry meters) {
        TrainerConfig config = TrainerConfig.from(settings);
        Optional<String> token = settings.get(SharedSettings.REGISTRY_TOKEN).map(Secret::reveal);
        var registry = new RegistryClient(config.registry(), token);
        return new OnlineTrainer(
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

    private static Optional<Watching> watching(Settings settings, TrainerConfig config, Optional<String> token) {
        WatchConfig watch = WatchConfig.from(settings);
        if (!watch.enabled()) {
            return Optional.empty();
        }
        var registry = new RegistryClient(config.registry(), token, 2, JUDGE_PAUSE);
        Path folder = Path.of(settings.get(SharedSettings.DATA_DIRECTORY), "watch", config.model());
        return Optional.of(new Watching(watch, new RegistryChampion(registry, config.model()), folder));
    }

    private static Judge judge(
            Settings settings,
            TrainerConfig config,
            MeterRegistry meters,
            RegistryClient registry,
            Optional<String> token) {
        var promotion = new PromotionClient(config.registry(), token, 2, JUDGE_PAUSE, "coldstream-judge");
        Path folder = Path.of(settings.get(SharedSettings.DATA_DIRECTORY), "judge", config.model());
        return new Judge(
                config.model(),
                JudgeConfig.from(settings),
                new RegistryTribunal(registry, promotion, config.model(), folder),
                new JudgeMetrics(meters),
                InstantSource.system());
    }

    /** Everything that can be set. */
    public static List<Setting<?>> settings() {
        var all = new ArrayList<Setting<?>>(SharedSettings.ALL);
        all.addAll(TrainerConfig.SETTINGS);
        all.addAll(JudgeConfig.SETTINGS);
        all.addAll(WatchConfig.SETTINGS);
        all.addAll(DriftDesk.Config.settings());
        return List.copyOf(all);
    }

    @Override
    public void start() {
        if (closed.get() || !started.compareAndSet(false, true)) {
            throw new IllegalStateException("a trainer must be started once");
        }
        ServiceHttp http = http(); // first, so that a port in use disturbs no trainer that runs
        try {
            start(http);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    private void start(ServiceHttp http) {
        var topics = new Topics(config.namespace());
        new TopicSetup(topics, config.model(), config.partitions(), config.replication()).ensure(kafka, TOPICS_LIMIT);
        var input = new KafkaSteps(kafka, topics, config.model());
        var store = new SnapshotStore(config.folder());
        Optional<Stored> from = startingSnapshot(store, input);
        var training = new Training(identity(), learners, from);
        var metrics = new TrainerMetrics(meters);
        Steps steps = input.steps(rules());
        var snapshots = new Snapshots(store, publisher, PUBLISH_PAUSE, offset -> forget(steps, offset));
        try {
            steps.open(training.place());
        } catch (RuntimeException e) {
            steps.close();
            snapshots.close();
            metrics.close();
            training.close();
            throw e;
        }
        Optional<DeltaPublisher> deltas = config.deltaInterval().isZero()
                ? Optional.empty()
                : Optional.of(
                        new DeltaPublisher(new KafkaDeltaLog(kafka, topics, config.model()), PUBLISH_PAUSE, meters));
        Epochs epochs = deltas.<Epochs>map(
                        publisher -> new PublishedEpochs(training, publisher, config.deltaInterval(), clock))
                .orElse(Epochs.NONE);
        var rule = new SnapshotRule(config.snapshotSamples(), config.snapshotInterval());
        var loop = new TrainingLoop(
                steps,
                training,
                snapshots,
                store,
                rule,
                new Recovery(learners, store, steps),
                epochs,
                config.mostSkips(),
                metrics,
                clock);
        Optional<DriftDesk> desk = watching.flatMap(made -> drift)
                .map(made -> new DriftDesk(made, kafka, loop::direct, training::samples, meters, clock));
        Optional<TrainerWatch> watch = watching.map(made -> watch(made, desk, snapshots));
        running.set(new Running(training, loop, snapshots, deltas, watch, desk, metrics, http));
        metrics.watch(this::status, loop::lastSnapshotTime, clock::instant);
        from.ifPresent(snapshots::resume);
        LOG.atInfo()
                .addKeyValue("model", config.model())
                .addKeyValue("step", training.place().step())
                .addKeyValue("samples", training.samples())
                .addKeyValue("device", device)
                .log("trainer started");
        watch.ifPresent(each -> {
            each.start(from.map(Stored::folder));
            desk.ifPresent(hears -> hears.began(each.open()));
            training.watchedBy(each);
        });
        desk.ifPresent(each -> {
            each.start();
            training.answeredBy(each);
        });
        judge.ifPresent(each -> {
            training.judgedBy(each);
            watch.ifPresent(hears -> each.heardBy(hears::judged));
            each.start();
        });
        loop.start();
        if (closed.get()) { // while this was starting
            stop();
        }
    }

    private TrainerWatch watch(Watching made, Optional<DriftDesk> desk, Snapshots snapshots) {
        return new TrainerWatch(
                config.model(),
                made.config(),
                made.champions(),
                made.folder(),
                desk.<AlarmListener>map(hears -> hears).orElse(AlarmListener.NONE),
                () -> desk.map(DriftDesk::open).orElse(List.of()),
                () -> published(snapshots),
                meters);
    }

    private static Optional<String> published(Snapshots snapshots) {
        return snapshots.summaries().stream()
                .flatMap(summary -> summary.version().stream())
                .reduce((older, newer) -> newer);
    }

    private void forget(Steps steps, long journalOffset) {
        if (!config.keepJournal()) {
            steps.forget(journalOffset);
        }
    }

    private StepRules rules() {
        return new StepRules(
                config.batchSize(),
                config.linger(),
                UPDATES_PER_STEP,
                config.model(),
                config.seed(),
                config.configHash());
    }

    private Training.Identity identity() {
        return new Training.Identity(
                config.model(), config.seed(), config.learnt(), config.configHash(), BuildInfo.commit());
    }

    /** The newest snapshot on this disk, else in the registry; none for a model without a journal. */
    private Optional<Stored> startingSnapshot(SnapshotStore store, KafkaSteps input) {
        Optional<Stored> local = store.newest();
        if (local.isPresent() || !input.begun()) {
            return local;
        }
        Path part = store.part();
        try {
            return publisher.fetchNewest(part).map(version -> {
                Stored stored = store.adopt(part);
                store.published(stored, version);
                return stored;
            });
        } catch (SnapshotPublisher.UnavailableException e) {
            LOG.atWarn().addKeyValue("why", e.getMessage()).log("no snapshot to be had, all steps are repeated");
            return Optional.empty();
        }
    }

    private ServiceHttp http() {
        var directives = new DirectiveHttp(token, LOOPBACK.contains(config.bindAddress()), this::direct);
        return ServiceHttp.builder(config.bindAddress(), config.port(), meters)
                .live("training", () -> alive(failure()))
                .ready("training", this::ready)
                .routes(directives::addTo)
                .routes(app -> app.get("/v1/status", context -> context.contentType("application/json")
                        .result(Json.write(status()))))
                .routes(app -> app.get("/v1/drift", context -> context.contentType("application/json")
                        .result(Json.write(drift()))))
                .start();
    }

    /** Has the next new step do something first; false if it cannot now. */
    boolean direct(Directive directive) {
        Running parts = running.get();
        return parts != null && parts.loop().direct(directive);
    }

    /** Where the trainer stands now. */
    public TrainerStatus status() {
        Running parts = parts();
        Training.Standing standing = parts.training().standing();
        Map<String, Long> lags = parts.loop().lags();
        parts.metrics().lags(lags);
        return new TrainerStatus(
                config.model(),
                parts.loop().ready(),
                parts.loop().replaying(),
                parts.loop().failure().map(Throwable::toString),
                standing.place().step(),
                standing.samples(),
                standing.gate().pairs(),
                standing.unreadable(),
                standing.skips(),
                standing.place().offsets(),
                lags,
                standing.metrics(),
                standing.calibration(),
                standing.gate(),
                standing.rows(),
                standing.lastStep(),
                standing.haste(),
                parts.metrics().eventToTrained(),
                parts.snapshots().summaries(),
                config.learnt(),
                device);
    }

    /** What the watch sees now. */
    public DriftReport drift() {
        return parts().watch().map(TrainerWatch::report).orElseGet(() -> DriftReport.off(config.model()));
    }

    /** Samples trained so far, over all runs of the model; cheaper than {@link #status()}. */
    public long samplesTrained() {
        return parts().training().samples();
    }

    /** The port of health, metrics and status. */
    public int port() {
        return parts().http().port();
    }

    @Override
    public boolean ready() {
        Running parts = running.get();
        return parts != null && parts.loop().ready();
    }

    /** Why training stopped by itself, if it did. */
    public Optional<Throwable> failure() {
        Running parts = running.get();
        return parts == null ? Optional.empty() : parts.loop().failure();
    }

    /**
     * Whether a new process would do no better. One that was replaced must not come back and replace the other, and what does
     * not belong together does not after a restart either.
     */
    static boolean alive(Optional<Throwable> failure) {
        return failure.map(MismatchException.class::isInstance).orElse(true);
    }

    private Running parts() {
        Running parts = running.get();
        if (parts == null) {
            throw new IllegalStateException("the trainer must be started first");
        }
        return parts;
    }

    /** Stops as a crash would, for tests: no last snapshot, nothing settled. */
    void halt() {
        parts().loop().halt();
        close();
    }

    @Override
    public void drain() {
        Running parts = running.get();
        if (parts != null) {
            parts.http().drain();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stop();
        }
    }

    private void stop() {
        Running parts = running.getAndSet(null);
        if (parts == null) {
            return;
        }
        parts.loop().close();
        parts.deltas().ifPresent(DeltaPublisher::close);
        judge.ifPresent(Judge::close);
        parts.watch().ifPresent(TrainerWatch::close);
        parts.drift().ifPresent(DriftDesk::close);
        try {
            parts.snapshots().settle(PUBLISH_AT_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.snapshots().close();
        parts.http().close();
        parts.metrics().close();
        parts.training().close();
    }
}
