package coldstream.serving;

import coldstream.domain.SnapshotManifest;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisUserContextStore;
import coldstream.service.RunningService;
import coldstream.service.Secret;
import coldstream.service.ServiceHttp;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.serving.canary.AliasFollower;
import coldstream.serving.canary.Router;
import coldstream.serving.canary.Shadow;
import coldstream.serving.delta.DeltaMetrics;
import coldstream.serving.delta.KafkaDeltaSource;
import coldstream.serving.http.Admission;
import coldstream.serving.http.ServingRoutes;
import coldstream.wire.RegistryClient;
import coldstream.wire.RegistryPaths;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serving: recommendations and inferences by the registry's champion, and by its canary for a share of the users. */
public final class ServingService implements RunningService {

    private static final Logger LOG = LoggerFactory.getLogger(ServingService.class);

    /** What Jetty needs for itself, and for health and metrics. */
    private static final int SPARE_THREADS = 16;

    private static final int SHADOW_QUEUE = 64;

    private final ServingConfig config;
    private final MeterRegistry meters;
    private final ServingMetrics metrics;
    private final CurrentVersion current = new CurrentVersion();
    private final CurrentVersion canary = new CurrentVersion();
    private final CurrentVersion challenger = new CurrentVersion();
    private final RedisConnection redis;
    private final DeltaFollower answering;
    private final ChampionFollower follower;
    private final AliasFollower canaryFollower;
    private final AliasFollower challengerFollower;
    private final Shadow shadow;
    private final RegistryEvents events;
    private volatile boolean draining;
    private @Nullable ServiceHttp http;

    private ServingService(ServingConfig config, MeterRegistry meters, FollowingModel.Loader loader) {
        this.config = config;
        this.meters = meters;
        this.metrics = new ServingMetrics(meters, Clock.systemUTC());
        this.redis = RedisConnection.to(config.redis(), config.redisTimeout());
        var registry = new RegistryClient(
                config.registry(),
                config.registryToken().map(Secret::reveal),
                2,
                Duration.ofMillis(100),
                Duration.ofSeconds(2));
        RankingModel.Loader alone = folder -> alone(loader, folder);
        var gate = new PromotionGate();
        this.answering = new DeltaFollower(
                config.deltas(),
                () -> new KafkaDeltaSource(config.kafka(), config.topics(), config.model()),
                loader,
                gate,
                current,
                metrics,
                new DeltaMetrics(meters),
                Clock.systemUTC());
        this.follower = new ChampionFollower(config, registry, answering, current, metrics, Clock.systemUTC());
        this.canaryFollower = beside(registry, AliasFollower.CANARY, alone, canary);
        gate.canary(canaryFollower::share);
        this.challengerFollower = beside(registry, RegistryPaths.CHALLENGER, alone, challenger);
        this.shadow = new Shadow(challenger, config.traffic().shadowShare(), SHADOW_QUEUE, meters);
        this.events = new RegistryEvents(config.kafka(), config.topics(), config.model(), gate, this::wake);
    }

    /** A snapshot's model, of which nothing is kept but what answers. */
    private static RankingModel alone(FollowingModel.Loader loader, Path folder) {
        try (FollowingModel model = loader.load(folder)) {
            return model.now();
        }
    }

    private AliasFollower beside(
            RegistryClient registry, String alias, RankingModel.Loader loader, CurrentVersion into) {
        Path folder = config.folder().resolve(config.model() + "@" + alias);
        Beside source = new Beside(registry, config.model(), alias, current, loader, folder);
        return new AliasFollower(alias, source, into, config.poll());
    }

    private void wake() {
        follower.wake();
        canaryFollower.wake();
        challengerFollower.wake();
    }

    /** Reads the settings; nothing runs yet. */
    public static ServingService create(Settings settings, MeterRegistry meters) {
        return follow(settings, meters, RankerModel::follow);
    }

    /** Serving with models that stay as their snapshots are. */
    static ServingService create(Settings settings, MeterRegistry meters, RankingModel.Loader loader) {
        return follow(settings, meters, FollowingModel.Loader.of(loader));
    }

    static ServingService follow(Settings settings, MeterRegistry meters, FollowingModel.Loader loader) {
        return new ServingService(ServingConfig.from(settings), meters, loader);
    }

    /** Every setting it reads. */
    public static List<Setting<?>> settings() {
        return ServingConfig.SETTINGS;
    }

    /** Tells the listener of every swap from now on, on the thread that swaps. */
    public void onSwap(SwapListener listener) {
        follower.listen(listener);
    }

    /** Tells the listener whenever what answers has learnt more or less, on the thread that swaps. */
    public void onEpoch(EpochListener listener) {
        answering.listen(listener);
    }

    /** How far what answers has learnt, once there is something. */
    public Optional<Reached> currentReached() {
        return current.peek().map(LoadedVersion::reached);
    }

    /** The version that answers, once there is one. */
    public Optional<String> currentVersion() {
        return current.peek().map(LoadedVersion::version);
    }

    /** The manifest of the version that answers, once there is one. */
    public Optional<SnapshotManifest> currentManifest() {
        return current.peek().map(LoadedVersion::manifest);
    }

    @Override
    public synchronized void start() {
        Traffic traffic = config.traffic();
        var users = new UserContexts(new RedisUserContextStore(redis), metrics);
        var router = new Router(config.model(), current, canary, challenger, canaryFollower::share);
        var admission = new Admission(traffic.maxRunning(), traffic.maxWaiting(), traffic.timeout());
        metrics.watch(current::peek);
        metrics.watch(admission);
        metrics.watchCanary(canaryFollower::share);
        int threads = SPARE_THREADS + traffic.maxRunning() + traffic.maxWaiting();
        var routes = new ServingRoutes(
                router, users, shadow, admission, metrics::request, this::ready, config.model(), config.maxItems());
        try {
            http = ServiceHttp.builder(config.bindAddress(), config.port(), meters)
                    .ready("champion", () -> current.peek().isPresent())
                    .errors("/v2", ServingRoutes::writeProtocolError)
                    .configure(javalin -> javalin.jetty.threadPool = new QueuedThreadPool(threads, SPARE_THREADS))
                    .routes(routes::addTo)
                    .start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        answering.start();
        follower.start();
        canaryFollower.start();
        if (traffic.shadowShare() > 0) {
            challengerFollower.start();
        }
        events.start();
        LOG.atInfo().addKeyValue("port", port()).log("serving started");
    }

    /** The port it listens on. */
    public synchronized int port() {
        if (http == null) {
            throw new IllegalStateException("a service has a port once it is started");
        }
        return http.port();
    }

    @Override
    public boolean ready() {
        return !draining && current.peek().isPresent();
    }

    @Override
    public synchronized void drain() {
        draining = true;
        if (http != null) {
            http.drain();
        }
    }

    /** Requests that have begun end first. */
    @Override
    public synchronized void close() {
        draining = true;
        if (http != null) {
            http.close();
            http = null;
        }
        events.close();
        follower.close();
        answering.close();
        canaryFollower.close();
        challengerFollower.close();
        shadow.close();
        current.close();
        redis.close();
    }
}
