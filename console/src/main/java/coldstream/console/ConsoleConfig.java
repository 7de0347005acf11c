package coldstream.console;

import static coldstream.domain.Check.check;

import coldstream.console.observe.Limits;
import coldstream.console.observe.Places;
import coldstream.monitor.WatchSettings;
import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the console.
 *
 * @param hosts names it may be reached by, beside those of this machine itself
 * @param registryToken what it reads the registry with; never what it promotes with
 * @param replayToken secret of those who may send dead letters again
 * @param places where the other services are
 * @param poll between two rounds of questions, at least 200 ms
 * @param timeout longest wait for an answer, at least 1 ms
 * @param history points of a series, at least 100
 * @param folder for what it keeps over a restart
 * @param keep between two writes of that; zero keeps nothing
 * @param maxStreams most pages that are kept up to date at once, at least 1
 * @param deadLetters newest dead letters that are known of, at least 1
 * @param limits from which on a part is late
 * @param watching how much the watch over operations may cry
 */
record ConsoleConfig(
        String bindAddress,
        int port,
        List<String> hosts,
        String model,
        TopicSetup topics,
        Map<String, Object> kafka,
        URI redis,
        URI registry,
        Optional<Secret> registryToken,
        Optional<Secret> replayToken,
        Places places,
        Duration poll,
        Duration timeout,
        int history,
        Path folder,
        Duration keep,
        int maxStreams,
        int deadLetters,
        Limits limits,
        WatchSettings watching) {

    static final Setting<List<String>> HOSTS = Setting.ofList(
            "console.hosts", List.of(), "names the console may be reached by, beside localhost; others are refused");
    static final Setting<Optional<Secret>> REPLAY_TOKEN = Setting.ofSecret(
            "console.replay-token",
            "secret of those who may send dead letters again; without one only a console on loopback lets them");
    static final Setting<URI> TRAINER =
            Setting.ofUri("console.trainer-url", "http://localhost:8083", "where the trainer's status is");
    static final Setting<List<String>> SERVING = Setting.ofList(
            "console.serving-urls", List.of("http://localhost:8081"), "where serving is, one or more addresses");
    static final Setting<List<String>> INGEST = Setting.ofList(
            "console.ingest-urls", List.of("http://localhost:8080"), "where ingest is, one or more addresses");
    static final Setting<List<String>> SCORER = Setting.ofList(
            "console.scorer-urls", List.of("http://localhost:8084"), "where scorer workers are, one or more addresses");
    static final Setting<Duration> POLL = Setting.ofDuration(
            "console.poll", Duration.ofSeconds(5), "between two rounds of questions to the services");
    static final Setting<Duration> TIMEOUT =
            Setting.ofDuration("console.timeout", Duration.ofSeconds(2), "longest wait for a service's answer");
    static final Setting<Integer> HISTORY = Setting.ofInt(
            "console.history",
            2_000,
            "points",
            "points kept of a series; a longer one becomes coarser where it is old");
    static final Setting<Duration> KEEP = Setting.ofDuration(
            "console.keep",
            Duration.ofMinutes(1),
            "between two writes of the series to data-directory, so that a restart goes on with them; 0s for none");
    static final Setting<Integer> MAX_STREAMS =
            Setting.ofInt("console.max-streams", 32, "pages", "most pages that are kept up to date at once");
    static final Setting<Integer> DEAD_LETTERS =
            Setting.ofInt("console.dead-letters", 5_000, "records", "newest dead letters of a topic that are known of");
    static final Setting<Long> LATE_LAG = Setting.ofLong(
            "console.late-lag", 50_000, "records", "records waiting for the trainer, from which on learning is late");
    static final Setting<Duration> LATE_TRAINED = Setting.ofDuration(
            "console.late-trained", Duration.ofMinutes(1), "event to learnt, from which on learning is late");
    static final Setting<Duration> LATE_SERVABLE = Setting.ofDuration(
            "console.late-servable", Duration.ofMinutes(1), "event to servable, from which on serving is late");
    static final Setting<Duration> LATE_SCORES = Setting.ofDuration(
            "console.late-scores", Duration.ofMinutes(10), "question to scores, from which on scoring is late");

    static final Setting<Double> FALSE_ALARMS = Setting.ofDouble(
            "console.false-alarms-per-day",
            1,
            "alarms",
            "alarms of operations a day, over all signals together, that may open though nothing changed");
    static final Setting<Duration> COOL_DOWN = Setting.ofDuration(
            "console.alarm-cool-down",
            Duration.ofMinutes(10),
            "after an alarm of operations closed, none opens for so long");

    static final List<Setting<?>> SETTINGS = settings();

    ConsoleConfig {
        check(poll.toMillis() >= 200, "console.poll must be at least 200ms, got %s", poll);
        check(timeout.toMillis() > 0, "console.timeout must be positive, got %s", timeout);
        check(history >= 100, "console.history must be at least 100, got %d", history);
        check(!keep.isNegative(), "console.keep must not be negative, got %s", keep);
        check(maxStreams >= 1, "console.max-streams must be at least 1, got %d", maxStreams);
        check(deadLetters >= 1, "console.dead-letters must be at least 1, got %d", deadLetters);
        hosts = List.copyOf(hosts);
        kafka = Map.copyOf(kafka);
    }

    static ConsoleConfig from(Settings settings) {
        return new ConsoleConfig(
                settings.get(SharedSettings.BIND_ADDRESS),
                settings.get(SharedSettings.CONSOLE_PORT),
                settings.get(HOSTS),
                settings.get(SharedSettings.MODEL_NAME),
                new TopicSetup(
                        new Topics(settings.get(SharedSettings.NAMESPACE)),
                        settings.get(SharedSettings.MODEL_NAME),
                        settings.get(SharedSettings.TOPIC_PARTITIONS),
                        settings.get(SharedSettings.TOPIC_REPLICATION)),
                settings.kafkaClient(),
                settings.get(SharedSettings.REDIS_URL),
                settings.get(SharedSettings.REGISTRY_URL),
                settings.get(SharedSettings.REGISTRY_TOKEN),
                settings.get(REPLAY_TOKEN),
                new Places(
                        settings.get(TRAINER),
                        addresses(settings, SERVING),
                        addresses(settings, INGEST),
                        addresses(settings, SCORER)),
                settings.get(POLL),
                settings.get(TIMEOUT),
                settings.get(HISTORY),
                Path.of(settings.get(SharedSettings.DATA_DIRECTORY), "console"),
                settings.get(KEEP),
                settings.get(MAX_STREAMS),
                settings.get(DEAD_LETTERS),
                new Limits(
                        settings.get(LATE_LAG),
                        settings.get(LATE_TRAINED),
                        settings.get(LATE_SERVABLE),
                        settings.get(LATE_SCORES)),
                new WatchSettings(settings.get(FALSE_ALARMS), settings.get(COOL_DOWN)));
    }

    private static List<URI> addresses(Settings settings, Setting<List<String>> setting) {
        return settings.get(setting).stream()
                .map(text -> {
                    URI address = URI.create(text);
                    check(
                            address.getHost() != null,
                            "%s must be addresses such as http://host:1, got %s",
                            setting.key(),
                            text);
                    return address;
                })
                .toList();
    }

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(SharedSettings.ALL);
        all.addAll(List.of(
                HOSTS,
                REPLAY_TOKEN,
                TRAINER,
                SERVING,
                INGEST,
                SCORER,
                POLL,
                TIMEOUT,
                HISTORY,
                KEEP,
                MAX_STREAMS,
                DEAD_LETTERS,
                LATE_LAG,
                LATE_TRAINED,
                LATE_SERVABLE,
                LATE_SCORES,
                FALSE_ALARMS,
                COOL_DOWN));
        return List.copyOf(all);
    }
}
