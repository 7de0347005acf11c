package coldstream.ingest;

import static coldstream.domain.Check.check;

import coldstream.domain.LabelRules;
import coldstream.domain.Staleness;
import coldstream.ingest.LabelSetting.Labels;
import coldstream.ingest.gateway.GatewayConfig;
import coldstream.ingest.topology.TopologyConfig;
import coldstream.ingest.topology.TopologyConfig.UnknownItems;
import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.EventRules;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of ingest.
 *
 * @param topics to create where they are missing
 * @param folder of the state stores
 * @param threads that process, at least 1
 * @param kafka what every Kafka client starts from
 */
record IngestConfig(
        GatewayConfig gateway,
        TopologyConfig topology,
        TopicSetup topics,
        Path folder,
        int threads,
        URI redis,
        Map<String, Object> kafka) {

    static final Setting<Labels> LABELS = Setting.ofEnum(
            "ingest.labels", Labels.IMPLICIT, "whether a rating is a positive whatever its value, or from 4 on");
    static final Setting<List<String>> EVENT_TYPES = Setting.ofList(
            "ingest.event-types",
            List.of(),
            "further or changed event types: type=impression, type=positive:strength or type=rating:threshold");
    static final Setting<String> EARLIEST =
            Setting.ofString("ingest.earliest", "1990-01-01", "day before which no event is believed");
    static final Setting<Duration> MAX_AHEAD =
            Setting.ofDuration("ingest.max-ahead", Duration.ofHours(1), "how far a producer's clock may run ahead");
    static final Setting<Duration> CLICK_WINDOW = Setting.ofDuration(
            "ingest.click-window",
            Duration.ofMinutes(10),
            "how long an impression waits for its answer before it is a negative");
    static final Setting<Duration> LATENESS = Setting.ofDuration(
            "ingest.lateness", Duration.ofMinutes(10), "how late an event may come and still be placed exactly");
    static final Setting<Duration> DEDUPE_WINDOW = Setting.ofDuration(
            "ingest.dedupe-window",
            Duration.ofHours(12),
            "how long an event's source and id are remembered at least, by time of arrival");
    static final Setting<UnknownItems> UNKNOWN_ITEMS = Setting.ofEnum(
            "ingest.unknown-items", UnknownItems.DEAD_LETTER, "what becomes of an event whose item nobody announced");
    static final Setting<Duration> UNKNOWN_ITEM_GRACE = Setting.ofDuration(
            "ingest.unknown-item-grace", Duration.ofSeconds(10), "how long such an event waits for its item");
    static final Setting<Integer> COLD_HISTORY = Setting.ofInt(
            "ingest.cold-history", 3, "positives", "longest history of a user the language model is asked about");
    static final Setting<Double> TAIL_SHARE = Setting.ofDouble(
            "ingest.tail-share", 0.2, "share", "share of the items taken so far that are the tail in samples");
    static final Setting<Double> REQUEST_SHARE = Setting.ofDouble(
            "ingest.request-share",
            0.1,
            "share",
            "share of the items taken so far whose events ask the language model");
    static final Setting<Double> AUDIT_RATE = Setting.ofDouble(
            "ingest.audit-rate", 0.02, "share", "share of the other positives that ask the language model as a probe");
    static final Setting<Long> STALE_AFTER = Setting.ofLong(
            "ingest.stale-after",
            Staleness.DEFAULT.events(),
            "positives",
            "positives of a user since it was asked, after which the language model is asked again");
    static final Setting<Duration> STALE_TIME = Setting.ofDuration(
            "ingest.stale-time",
            Staleness.DEFAULT.time(),
            "event time since it was asked, after which the language model is asked again");
    static final Setting<Long> STALE_UNTIL = Setting.ofLong(
            "ingest.stale-until",
            Staleness.DEFAULT.until(),
            "positives",
            "most positives of a user it is asked about again; 0 asks nobody again");
    static final Setting<Duration> DEBOUNCE = Setting.ofDuration(
            "ingest.debounce", Duration.ofSeconds(10), "least event time between two score requests of a user");
    static final Setting<Integer> THREADS =
            Setting.ofInt("ingest.threads", 1, "threads", "threads that process partitions");
    static final Setting<Optional<Secret>> TOKEN =
            Setting.ofSecret("ingest.token", "bearer token that requests must carry; empty for none");
    static final Setting<Integer> MAX_REQUEST_BYTES =
            Setting.ofInt("ingest.max-request-bytes", 8 << 20, "bytes", "largest body of a request");
    static final Setting<Long> MAX_IN_FLIGHT_BYTES = Setting.ofLong(
            "ingest.max-in-flight-bytes",
            16L << 20,
            "bytes",
            "most that waits for Kafka before requests are turned away with 429");
    static final Setting<Integer> MAX_IN_FLIGHT_EVENTS = Setting.ofInt(
            "ingest.max-in-flight-events",
            20_000,
            "events",
            "most that wait for Kafka before requests are turned away with 429");
    static final Setting<Duration> ACK_TIMEOUT = Setting.ofDuration(
            "ingest.ack-timeout", Duration.ofSeconds(5), "how long a request waits for Kafka before it is a 503");

    static final List<Setting<?>> SETTINGS = settings();

    IngestConfig {
        check(threads >= 1, "ingest.threads must be at least 1, got %d", threads);
        kafka = Map.copyOf(kafka);
    }

    static IngestConfig from(Settings settings) {
        Topics topics = new Topics(settings.get(SharedSettings.NAMESPACE));
        LabelRules labels = LabelSetting.rules(settings.get(LABELS), settings.get(EVENT_TYPES));
        EventRules rules = new EventRules(labels, earliest(settings.get(EARLIEST)), settings.get(MAX_AHEAD));
        return new IngestConfig(
                gateway(settings, topics, rules),
                topology(settings, topics, rules),
                new TopicSetup(
                        topics,
                        settings.get(SharedSettings.MODEL_NAME),
                        settings.get(SharedSettings.TOPIC_PARTITIONS),
                        settings.get(SharedSettings.TOPIC_REPLICATION)),
                Path.of(settings.get(SharedSettings.DATA_DIRECTORY), "ingest").toAbsolutePath(),
                settings.get(THREADS),
                settings.get(SharedSettings.REDIS_URL),
                settings.kafkaClient());
    }

    private static GatewayConfig gateway(Settings settings, Topics topics, EventRules rules) {
        return new GatewayConfig(
                settings.get(SharedSettings.BIND_ADDRESS),
                settings.get(SharedSettings.INGEST_PORT),
                topics,
                rules,
                settings.get(TOKEN),
                settings.get(MAX_REQUEST_BYTES),
                settings.get(MAX_IN_FLIGHT_BYTES),
                settings.get(MAX_IN_FLIGHT_EVENTS),
                settings.get(ACK_TIMEOUT));
    }

    private static TopologyConfig topology(Settings settings, Topics topics, EventRules rules) {
        return new TopologyConfig(
                topics,
                rules,
                settings.get(SharedSettings.TOPIC_PARTITIONS),
                settings.get(CLICK_WINDOW),
                settings.get(LATENESS),
                settings.get(DEDUPE_WINDOW),
                settings.get(UNKNOWN_ITEMS),
                settings.get(UNKNOWN_ITEM_GRACE),
                settings.get(COLD_HISTORY),
                settings.get(TAIL_SHARE),
                settings.get(REQUEST_SHARE),
                settings.get(AUDIT_RATE),
                new Staleness(settings.get(STALE_AFTER), settings.get(STALE_TIME), settings.get(STALE_UNTIL)),
                settings.get(DEBOUNCE));
    }

    private static Instant earliest(String day) {
        try {
            return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("ingest.earliest must be a day such as 1990-01-01, got " + day, e);
        }
    }

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(SharedSettings.ALL);
        all.addAll(List.of(
                LABELS,
                EVENT_TYPES,
                EARLIEST,
                MAX_AHEAD,
                CLICK_WINDOW,
                LATENESS,
                DEDUPE_WINDOW,
                UNKNOWN_ITEMS,
                UNKNOWN_ITEM_GRACE,
                COLD_HISTORY,
                TAIL_SHARE,
                REQUEST_SHARE,
                AUDIT_RATE,
                STALE_AFTER,
                STALE_TIME,
                STALE_UNTIL,
                DEBOUNCE,
                THREADS,
                TOKEN,
                MAX_REQUEST_BYTES,
                MAX_IN_FLIGHT_BYTES,
                MAX_IN_FLIGHT_EVENTS,
                ACK_TIMEOUT));
        return List.copyOf(all);
    }
}
