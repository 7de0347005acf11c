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
import coldstream.console.observe.HistoryFile;
import coldstream.console.observe.Keeping;
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
import coldstream.service.Secret;
import coldstream.service.ServiceHttp;
import coldstream.service.Settings;
import coldstream.wire.PromotionClient;
import coldstream.wire.RegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that runs behind the page, each part with what it needs of the others. Nothing runs before the start. */
final class ConsoleParts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleParts.class);
    private static final long MAX_BODY = 1L << 20;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** What is done about drifts is decided where learning goes on. */
    private static final ActionConfig ALARMS_ALONE =
            ActionConfig.from(Settings.of(ActionConfig.SETTINGS, Map.of("drift.rules", "")));

    private final ConsoleConfig config;
    private final InstantSource clock = InstantSource.system();
    private final RegistryWatch registry;
    private final Observatory observatory;
    private final Keeping keeping;
    private final Alarms alarms;
    private final Titles titles = new Titles();
    private final LetterIndex letters;
    private final LetterDesk desk;
    private final EventStream events;
    private final RedisConnection redis;
    private final AlarmDesk alarmDesk;
    private final DriftAlarms told;
    private final Watching watch;
    private final TopicFollower topics;
    private final ConsoleMetrics metrics;

    ConsoleParts(ConsoleConfig config, MeterRegistry meters) {
        this.config = config;
        Instant started = clock.instant();
        String model = config.model();
        registry = registry(config);
        observatory = new Observatory(
                model,
                config.places(),
                config.limits(),
                config.watching(),
                config.poll(),
                config.timeout(),
                config.history(),
                started);
        keeping = new Keeping(observatory, new HistoryFile(config.folder(), model), clock);
        alarms = new Alarms(model);
        letters = new LetterIndex(config.deadLetters());
        desk = new LetterDesk(config.kafka(), config.topics(), letters, clock);
        events = new EventStream(started, config.maxStreams(), HEARTBEAT);
        redis = RedisConnection.to(config.redis(), config.timeout());
        var owner = new AlarmDesk.Owner(model, OperationsWatch.SOURCE);
        alarmDesk = new AlarmDesk(
                owner,
                new KafkaAlertLog(config.kafka(), config.topics().topics(), OperationsWatch.SOURCE),
                new Responses(ALARMS_ALONE, Map.of(), clock),
                meters,
                clock);
        told = new DriftAlarms(alarmDesk, owner, clock);
        watch = new Watching(observatory, registry, alarms, desk, letters, told, redis, events, clock);
        topics = follower();
        metrics = new ConsoleMetrics(meters, () -> watch.health().parts(), events, letters);
    }

    private static RegistryWatch registry(ConsoleConfig config) {
        Optional<String> token = config.registryToken().map(Secret::reveal);
        return new RegistryWatch(
                new RegistryClient(config.registry(), token, 1, PAUSE, config.timeout()),
                new PromotionClient(config.registry(), token, 1, PAUSE, "coldstream-console"),
                config.model());
    }

    private TopicFollower follower() {
        var followed = new Followed(
                config.topics().topics(),
                registry,
                alarms,
                desk,
                letters,
                titles,
                observatory,
                events,
                watch::registryChanged,
                clock);
        return new TopicFollower(
                config.kafka(), config.topics(), Followed.topics(config.topics(), config.deadLetters()), followed);
    }

    /** @param loopback whether nobody but this machine reaches the server */
    void answer(ServiceHttp.Builder server, boolean loopback) {
        var users = new Users(
                new RedisUserContextStore(redis), config.places().serving().get(0), config.timeout(), titles);
        var decision = new Decision(config.registry(), config.model());
        server.configure(javalin -> javalin.http.maxRequestSize = MAX_BODY)
                .routes(new Border(config.hosts())::addTo)
                .routes(new WatchHttp(watch::health, observatory, alarms, clock)::addTo)
                .routes(new DeploymentHttp(registry, decision, watch::registryChanged)::addTo)
                .routes(new DeadLetterHttp(desk, config.replayToken(), loopback, () -> {})::addTo)
                .routes(new UserHttp(users, clock)::addTo)
                .routes(new StreamHttp(events)::addTo);
        PageFiles.addTo(server);
    }

    void start() {
        keeping.start(config.keep());
        topics.start();
        alarmDesk.start();
        told.began(List.of());
        watch.start(config.poll());
    }

    @Override
    public void close() {
        for (AutoCloseable part : List.of(topics, watch, keeping, alarmDesk, events, redis, metrics)) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("a part did not stop well");
            }
        }
    }
}
