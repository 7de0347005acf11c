package coldstream.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.console.deadletter.Replay.Outcome;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real broker; what was sent is read by a plain consumer that knows nothing of the code under test. */
@Tag("integration")
class LetterDeskTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final Topics topics = new Topics(KAFKA.namespace());
    private final TopicSetup setup = new TopicSetup(topics, "ctr", 2, 1);
    private final String letters = Topics.deadLetter(topics.interactions());

    @BeforeEach
    void create() {
        setup.ensure(KAFKA.client(), Await.LIMIT);
    }

    private LetterDesk desk() {
        LetterDesk desk = new LetterDesk(KAFKA.client(), setup, new LetterIndex(100), InstantSource.system());
        desk.readAll(1_000);
        return desk;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Dead letters as ingest writes them: within transactions, of which some are aborted. */
    private void die(String topic, String reason, byte[]... values) {
        Map<String, Object> settings = new HashMap<>(KAFKA.client());
        settings.put("transactional.id", "dying-" + topic + reason);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (boolean commits : new boolean[] {false, true}) {
                producer.beginTransaction();
                for (byte[] value : values) {
                    var record = new ProducerRecord<>(topic, bytes("user-7"), value);
                    record.headers()
                            .add("ce_type", bytes("click"))
                            .add("__streams.errors.exception", bytes("coldstream.wire.Refusal." + reason))
                            .add("__streams.errors.message", bytes("item_id must be present"))
                            .add("__streams.errors.topic", bytes(topics.registryEvents()))
                            .add("__streams.errors.partition", bytes("1"))
                            .add("__streams.errors.offset", bytes("42"));
                    var unused = producer.send(record);
                }
                if (commits) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> everything(String topic) {
        Map<String, Object> settings = new HashMap<>(KAFKA.client());
        settings.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    private static List<LetterId> ids(LetterDesk desk) {
        return desk.list(Optional.empty(), Optional.empty(), 100).letters().orElseThrow().stream()
                .map(letter -> LetterId.of(letter.id()))
                .toList();
    }

    @Test
    void whatDiedIsListedByReasonWithWhatItHeld() {
        die(letters, "MISSING_FIELD", bytes("{\"a\":1}"), bytes("{\"b\":2}"));
        die(letters, "UNPARSABLE", new byte[] {(byte) 0xff, 0});

        LetterDesk desk = desk();
        LetterDesk.Listing all = desk.list(Optional.empty(), Optional.empty(), 2);

        assertThat(all.total()).isEqualTo(3);
        assertThat(all.more()).contains(true);
        assertThat(all.topics()).singleElement().satisfies(topic -> {
            assertThat(topic.topic()).isEqualTo(topics.interactions());
            assertThat(topic.reasons())
                    .extracting(one -> one.reason() + " " + one.count())
                    .containsExactly("MISSING_FIELD 2", "UNPARSABLE 1");
        });
        Letter newest = all.letters().orElseThrow().get(0);
        assertThat(newest.reason()).isEqualTo("UNPARSABLE");
        assertThat(newest.value()).isEqualTo(new Content("base64", "/wA=", 2, false));
        assertThat(newest.key().text()).isEqualTo("user-7");
        assertThat(newest.headers()).containsExactly(new Letter.Named("ce_type", "click"));
        assertThat(desk.list(Optional.of(topics.interactions()), Optional.of("MISSING_FIELD"), 10)
                        .letters()
                        .orElseThrow())
                .extracting(letter -> letter.value().text())
                .containsExactlyInAnyOrder("{\"a\":1}", "{\"b\":2}");
        assertThat(desk.list(Optional.of(topics.samples()), Optional.empty(), 10)
                        .letters())
                .contains(List.of());
    }

    @Test
    void aLetterIsSentAgainAsItWasAndOnlyOnceWhoeverAsks() {
        die(letters, "UNKNOWN_ITEM", bytes("one"), bytes("two"));
        List<LetterId> ids = ids(desk());

        Outcome first = desk().replay(ids.subList(0, 1), "ann");
        Outcome second = desk().replay(ids, "bob");
        Outcome third = desk().replay(ids, "bob");

        assertThat(first.replayed()).containsExactly(ids.get(0).toString());
        assertThat(second.replayed()).containsExactly(ids.get(1).toString());
        assertThat(second.skipped()).singleElement().satisfies(one -> assertThat(one.why())
                .startsWith("replayed already at "));
        assertThat(third.replayed()).isEmpty();
        List<ConsumerRecord<byte[], byte[]>> sent = everything(topics.interactions());
        assertThat(sent)
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder("one", "two");
        assertThat(sent).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo(bytes("user-7"));
            assertThat(record.headers()).extracting(Header::key).containsExactly("ce_type", Replay.REPLAYED_FROM);
        });
        assertThat(desk().counts().topics()).singleElement().satisfies(topic -> assertThat(topic.replayed())
                .isEqualTo(2));
    }

    /** A double click: the same letters by four hands at once; whoever is put aside must have sent nothing. */
    @Test
    void ofManyWhoAskAtOnceEachLetterIsSentByOne() throws Exception {
        die(letters, "GIVEN_UP", bytes("one"), bytes("two"), bytes("three"));
        List<LetterId> ids = ids(desk());
        ExecutorService hands = Executors.newFixedThreadPool(4);
        List<Callable<Outcome>> asking = new ArrayList<>();
        for (int hand = 0; hand < 4; hand++) {
            LetterDesk desk = desk();
            asking.add(() -> desk.replay(ids, "somebody"));
        }
        List<String> told = new ArrayList<>();
        for (Future<Outcome> one : hands.invokeAll(asking)) {
            try {
                told.addAll(one.get().replayed());
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(KafkaException.class);
            }
        }
        hands.shutdown();
        desk().replay(ids, "in the end");

        assertThat(everything(topics.interactions()))
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder("one", "two", "three");
        assertThat(told).doesNotHaveDuplicates();
    }

    /** What a header says of where a record came from is somebody else's word; the topic it lies in is not. */
    @Test
    void nothingIsSentToATopicThatHasNoDeadLetters() {
        die(letters, "MISSING_FIELD", bytes("one"));

        Outcome outcome = desk().replay(
                        List.of(
                                new LetterId(topics.registryEvents(), 0, 0),
                                new LetterId(letters, 0, 99),
                                new LetterId(letters, 7, 0),
                                ids(desk()).get(0)),
                        "ann");

        assertThat(outcome.skipped()).hasSize(3);
        assertThat(everything(topics.interactions())).hasSize(1);
        assertThat(everything(topics.registryEvents())).isEmpty();
    }

    @Test
    void onlyTopicsOfDeadLettersAreReadFrom() {
        assertThat(LetterDesk.topics(setup)).isNotEmpty().allMatch(topic -> topic.endsWith(".dlq"));
        assertThat(desk().find(new LetterId(topics.interactions(), 0, 0))).isEmpty();
        assertThat(Set.copyOf(LetterDesk.topics(setup))).contains(letters);
    }
}
