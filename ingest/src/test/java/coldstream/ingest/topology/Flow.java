package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.LabelRules;
import coldstream.domain.Sample;
import coldstream.domain.ScoreRequest;
import coldstream.domain.UserId;
import coldstream.ingest.topology.TopologyConfig.UnknownItems;
import coldstream.wire.EventRules;
import coldstream.wire.EventWriter;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology in the words of its domain, driven by hand. */
final class Flow implements AutoCloseable {

    static final Topics TOPICS = new Topics("coldstream");
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> interactions;
    private final TestInputTopic<byte[], byte[]> items;
    private final TestOutputTopic<String, Sample> samples;
    private final TestOutputTopic<String, ScoreRequest> requests;
    private final TestOutputTopic<byte[], byte[]> deadInteractions;
    private final TestOutputTopic<byte[], byte[]> deadItems;
    private long events;

    Flow() {
        this(TopologyConfig.defaults(TOPICS));
    }

    Flow(TopologyConfig config) {
        this(config, Watcher.NOBODY);
    }

    Flow(TopologyConfig config, Watcher watcher) {
        Clock clock = Clock.fixed(NOON.plus(Duration.ofDays(1)), ZoneOffset.UTC);
        driver = new TopologyTestDriver(IngestTopology.build(config, clock, watcher), NOON);
        interactions =
                driver.createInputTopic(TOPICS.interactions(), new ByteArraySerializer(), new ByteArraySerializer());
        items = driver.createInputTopic(TOPICS.items(), new ByteArraySerializer(), new ByteArraySerializer());
        samples = driver.createOutputTopic(
                TOPICS.samples(),
                new StringDeserializer(),
                Json.serde(Sample.class).deserializer());
        requests = driver.createOutputTopic(
                TOPICS.scoreRequests(),
                new StringDeserializer(),
                Json.serde(ScoreRequest.class).deserializer());
        deadInteractions = driver.createOutputTopic(
                Topics.deadLetter(TOPICS.interactions()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        deadItems = driver.createOutputTopic(
                Topics.deadLetter(TOPICS.items()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The defaults, but a rating below 4 is a negative. */
    static TopologyConfig explicit() {
        EventRules rules = EventRules.DEFAULT;
        return with(new EventRules(LabelRules.EXPLICIT, rules.earliest(), rules.maxAhead()), UnknownItems.DEAD_LETTER);
    }

    static TopologyConfig unknownItems(UnknownItems unknownItems) {
        return with(EventRules.DEFAULT, unknownItems);
    }

    private static TopologyConfig with(EventRules rules, UnknownItems unknownItems) {
        TopologyConfig defaults = TopologyConfig.defaults(TOPICS);
        return new TopologyConfig(
                TOPICS,
                rules,
                1,
                defaults.clickWindow(),
                defaults.lateness(),
                defaults.dedupeWindow(),
                unknownItems,
                defaults.unknownItemGrace(),
                defaults.coldHistory(),
                defaults.tailShare(),
                defaults.requestShare(),
                defaults.auditRate(),
                defaults.staleness(),
                defaults.debounce());
    }

    static Interaction event(String id, String type, String user, String item, Instant at) {
        return new Interaction(
                id,
                "test",
                type,
                new UserId(user),
                new ItemId(item),
                OptionalDouble.empty(),
                Optional.empty(),
                at,
                Map.of());
    }

    static Interaction answer(String impression, String user, String item, Instant at) {
        Interaction click = event("answer-" + impression, "click", user, item, at);
        return new Interaction(
                click.eventId(),
                click.source(),
                click.type(),
                click.user(),
                click.item(),
                click.value(),
                Optional.of(impression),
                click.timestamp(),
                click.context());
    }

    void announce(String... ids) {
        for (String id : ids) {
            items.pipeInput(id.getBytes(UTF_8), EventWriter.write(Item.unknown(new ItemId(id))), NOON);
        }
    }

    void describe(TestRecord<byte[], byte[]> record) {
        items.pipeInput(record);
    }

    void click(String user, String item, Instant at) {
        send(event("event-" + ++events, "click", user, item, at));
    }

    void show(String impression, String user, String item, Instant at) {
        send(event(impression, "impression", user, item, at));
    }

    void send(Interaction interaction) {
        sendRaw(interaction.user().value(), EventWriter.write(interaction));
    }

    void sendRaw(String key, byte[] value) {
        send(new TestRecord<>(key.getBytes(UTF_8), value, NOON));
    }

    void send(TestRecord<byte[], byte[]> record) {
        interactions.pipeInput(record);
    }

    void pass(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
    }

    List<Sample> samples() {
        return samples.readValuesToList();
    }

    List<ScoreRequest> requests() {
        return requests.readValuesToList();
    }

    List<TestRecord<byte[], byte[]>> dead() {
        return deadInteractions.readRecordsToList();
    }

    List<TestRecord<byte[], byte[]>> deadItems() {
        return deadItems.readRecordsToList();
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    Account account() {
        Map<String, Long> entries = new HashMap<>();
        for (String ledger : Ledgers.ALL) {
            KeyValueStore<String, Long> store = driver.getKeyValueStore(ledger);
            try (var all = store.all()) {
                all.forEachRemaining(entry -> entries.merge(entry.key, entry.value, Long::sum));
            }
        }
        return Account.of(entries);
    }

    @Override
    public void close() {
        driver.close();
    }
}
