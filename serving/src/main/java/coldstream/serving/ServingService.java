package coldstream.serving;

import coldstream.domain.SnapshotManifest;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisUserStateStore;
import coldstream.service.RunningService;
import coldstream.service.Secret;
import coldstream.service.ServiceHttp;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.serving.http.InferenceHttp;
import coldstream.serving.http.RecommendationHttp;
import coldstream.wire.RegistryClient;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serving: recommendations and inferences by the registry's champion. */
public final class ServingService implements RunningService {

    private static final Logger LOG = LoggerFactory.getLogger(ServingService.class);
    private static final String BEGAN = "coldstream.began";

    private final ServingConfig config;
    private final MeterRegistry meters;
    private final ServingMetrics metrics;
    private final CurrentVersion current = new CurrentVersion();
    private final RedisConnection redis;
    private final ChampionFollower follower;
    private final RegistryEvents events;
    private @Nullable ServiceHttp http;

    private ServingService(ServingConfig config, MeterRegistry meters, RankingModel.Loader loader) {
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
        this.follower = new ChampionFollower(config, registry, loader, current, metrics, Clock.systemUTC());
        this.events = new RegistryEvents(config.kafka(), config.topics(), config.model(), follower::wake);
    }

    /** Reads the settings; nothing runs yet. */
    public static ServingService create(Settings settings, MeterRegistry meters) {
        return create(settings, meters, RankerModel::load);
    }

    static ServingService create(Settings settings, MeterRegistry meters, RankingModel.Loader loader) {
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
        var users = new UserStates(new RedisUserStateStore(redis, RedisBounds.DEFAULTS), metrics);
        metrics.watch(current::peek);
        try {
            http = ServiceHttp.builder(config.bindAddress(), config.port(), meters)
                    .ready("champion", () -> current.peek().isPresent())
                    .errors("/v2", InferenceHttp::writeError)
                    .routes(this::measure)
                    .routes(new RecommendationHttp(current, users, config.maxItems())::addTo)
                    .routes(new InferenceHttp(current, users, config.model(), config.maxItems())::addTo)
                    .start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        follower.start();
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
        return current.peek().isPresent();
    }

    @Override
    public synchronized void drain() {
        if (http != null) {
            http.drain();
        }
    }

    @Override
    public synchronized void close() {
        events.close();
        follower.close();
        if (http != null) {
            http.close();
            http = null;
        }
        current.close();
        redis.close();
    }

    private void measure(Javalin app) {
        app.before(context -> context.attribute(BEGAN, System.nanoTime()));
        app.after(context -> route(context).ifPresent(route -> {
            Long began = context.attribute(BEGAN);
            if (began != null) {
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                metrics.request(route, context.status().getCode(), took);
            }
        }));
    }

    private static Optional<String> route(Context context) {
        if (context.path().equals(RecommendationHttp.PATH)) {
            return Optional.of("recommendations");
        }
        return context.path().endsWith("/infer") ? Optional.of("infer") : Optional.empty();
    }
}
