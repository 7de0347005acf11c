package coldstream.console;

import coldstream.console.deadletter.LetterDesk;
import coldstream.console.deadletter.LetterIndex;
import coldstream.console.deploy.Decision;
import coldstream.console.deploy.RegistryWatch;
import coldstream.console.http.Border;
import coldstream.console.http.DeadLetterHttp;
import coldstream.console.http.DeploymentHttp;
import coldstream.console.http.PageFiles;
import coldstream.console.http.StreamHttp;
import coldstream.console.http.UserHttp;
import coldstream.console.http.WatchHttp;
import coldstream.console.observe.Observatory;
import coldstream.console.observe.OperationsWatch;
import coldstream.console.stream.EventStream;
import coldstream.console.topics.Alarms;
import coldstream.console.topics.TopicFollower;
import coldstream.console.user.Titles;
import coldstream.console.user.Users;
import coldstream.monitor.action.ActionConfig;
import coldstream.monitor.action.Responses;
import coldstream.monitor.alarm.AlarmDesk;
import coldstream.monitor.alarm.DriftAlarms;
import coldstream.monitor.alarm.KafkaAlertLog;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisUserContextStore;
import coldstream.service.RunningService;
import coldstream.service.Secret;
import coldstream.service.ServiceHttp;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.wire.PromotionClient;
import coldstream.wire.RegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console: one page, what it reads, and what a person may change there. */
public final class ConsoleService implements RunningService {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleService.class);

    private static final long MAX_BODY = 1L << 20;
    /** What is done about drifts is decided where learning goes on. */
    private static final ActionConfig ALARMS_ALONE =
            ActionConfig.from(Settings.of(ActionConfig.SETTINGS, Map.of("drift.rules", "")));

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private final ConsoleConfig config;
    private final MeterRegistry meters;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private @Nullable ServiceHttp http;

    private ConsoleService(ConsoleConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
    }

    /** Reads the settings; nothing runs yet. */
    public static ConsoleService create(Settings settings, MeterRegistry meters) {
        return new ConsoleService(ConsoleConfig.from(settings), meters);
    }

    /** Every setting it reads. */
    public static List<Setting<?>> settings() {
        return ConsoleConfig.SETTINGS;
    }

    @Override
    public synchronized void start() {
        boolean loopback = LOOPBACK.contains(config.bindAddress());
        if (!loopback) {
            LOG.atWarn()
                    .addKeyValue("bind-address", config.bindAddress())
                    .log("the console has no login: whoever reaches it sees users' histories");
        }
        InstantSource clock = InstantSource.system();
        Instant started = clock.instant();
        String model = config.model();
        Optional<String> token = config.registryToken().map(Secret::reveal);
        var registry = new RegistryWatch(
                new RegistryClient(config.registry(), token, 1, PAUSE, config.timeout()),
                new PromotionClient(config.registry(), token, 1, PAUSE, "coldstream-console"),
                model);
        var observatory = new Observatory(
                model,
                config.places(),
                config.limits(),
                config.watching(),
                config.poll(),
                config.timeout(),
                config.history(),
                started);
        var alarms = new Alarms(model);
        var titles = new Titles();
        var letters = new LetterIndex(config.deadLetters());
        var desk = new LetterDesk(config.kafka(), config.topics(), letters, clock);
        var events = new EventStream(started, config.maxStreams(), HEARTBEAT);
        var connection = RedisConnection.to(config.redis(), config.timeout());
        var users = new Users(
                new RedisUserContextStore(connection), config.places().serving().get(0), config.timeout(), titles);
        var owner = new AlarmDesk.Owner(model, OperationsWatch.SOURCE);
        var alarmDesk = new AlarmDesk(
                owner,
                new KafkaAlertLog(config.kafka(), config.topics().topics(), OperationsWatch.SOURCE),
                new Responses(ALARMS_ALONE, Map.of(), clock),
                meters,
                clock);
        var told = new DriftAlarms(alarmDesk, owner, clock);
        var watch = new Watching(observatory, registry, alarms, desk, letters, told, connection, events, clock);
        Runnable registryChanged = watch::registryChanged;
        var followed = new Followed(
                config.topics().topics(),
                registry,
                alarms,
                desk,
                letters,
                titles,
                observatory,
                events,
                registryChanged,
                clock);
        var metrics = new ConsoleMetrics(meters, () -> watch.health().parts(), events, letters);
        ServiceHttp.Builder server = ServiceHttp.builder(config.bindAddress(), config.port(), meters)
                .configure(javalin -> javalin.http.maxRequestSize = MAX_BODY)
                .routes(new Border(config.hosts())::addTo)
                .routes(new WatchHttp(watch::health, observatory, alarms, clock)::addTo)
                .routes(new DeploymentHttp(registry, new Decision(config.registry(), model), registryChanged)::addTo)
                .routes(new DeadLetterHttp(desk, config.replayToken(), loopback, () -> {})::addTo)
                .routes(new UserHttp(users, clock)::addTo)
                .routes(new StreamHttp(events)::addTo);
        PageFiles.addTo(server);
        var topics = new TopicFollower(
                config.kafka(), config.topics(), Followed.topics(config.topics(), config.deadLetters()), followed);
        parts.addAll(List.of(topics, watch, alarmDesk, events, connection, metrics));
        http = server.start();
        topics.start();
        alarmDesk.start();
        told.began(List.of());
        watch.start(config.poll());
        LOG.atInfo().addKeyValue("port", port()).log("console started");
    }

    /** The port it listens on. */
    public synchronized int port() {
        if (http == null) {
            throw new IllegalStateException("a service has a port once it is started");
        }
        return http.port();
    }

    @Override
    public synchronized boolean ready() {
        return http != null;
    }

    @Override
    public synchronized void drain() {
        if (http != null) {
            http.drain();
        }
    }

    @Override
    public synchronized void close() {
        for (AutoCloseable part : parts) { // streams before the server, which waits for what is open
            try {
                part.close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("a part did not stop well");
            }
        }
        parts.clear();
        if (http != null) {
            http.close();
            http = null;
        }
    }
}
