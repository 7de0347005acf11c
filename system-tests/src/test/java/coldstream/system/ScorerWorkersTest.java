package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.embedded.EmbeddedRedis;
import coldstream.embedded.Ports;
import coldstream.testkit.Await;
import coldstream.testkit.Examples;
import coldstream.testkit.chat.ChatEndpoint;
import coldstream.testkit.chat.ChatMind;
import coldstream.testkit.chat.ChatReplies;
import coldstream.wire.EventWriter;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several scorer workers as processes of their own, one of them killed: every request is scored, and none twice over. */
@Tag("integration")
class ScorerWorkersTest {

    private static final Duration LIMIT = Await.LIMIT;
    private static final int ITEMS = 30;
    private static final int REQUESTS = 120;
    private static final int CONCURRENCY = 4;

    private final Path folder;

    ScorerWorkersTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void twoAndThenFiveWorkersScoreEveryRequestThoughOneIsKilled() throws Exception {
        List<ServiceProcess> workers = new ArrayList<>();
        try (EmbeddedRedis redis = EmbeddedRedis.start(0);
                EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE);
                ChatEndpoint chat = ChatEndpoint.start()) {
            chat.always(ChatReplies.slow(Duration.ofMillis(500), ChatReplies.thinking(ChatMind.byWords())));
            Topics topics = new Topics(Topics.DEFAULT_NAMESPACE);
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            new TopicSetup(topics, "ctr", 2, 1).ensure(client, Await.LIMIT);
            Map<String, String> environment = Map.of(
                    "COLDSTREAM_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                    "COLDSTREAM_REDIS_URL", redis.url().toString(),
                    "COLDSTREAM_SCORER_PROVIDER", "openai",
                    "COLDSTREAM_SCORER_OPENAI_BASE_URL", chat.url().toString(),
                    "COLDSTREAM_SCORER_OPENAI_CONCURRENCY", Integer.toString(CONCURRENCY),
                    "COLDSTREAM_SCORER_ENCODER_THREADS", "1");
            announceItems(client, topics);
            start(workers, 2, environment);
            Await.until("two workers are ready", LIMIT, () -> workers.stream().allMatch(ServiceProcess::ready));

            ask(client, topics);
            Await.until("both are at it", LIMIT, () -> chat.mostAtOnce() > CONCURRENCY);
            workers.remove(0).close(); // kill -9, in the middle of calls
            start(workers, 4, environment);

            Map<String, List<SoftScores>> answers = Await.value("every request is answered", LIMIT, () -> {
                Map<String, List<SoftScores>> all = answers(client, topics);
                return all.size() == REQUESTS ? Optional.of(all) : Optional.empty();
            });
            Await.until("five were at it", LIMIT, () -> workers.stream().allMatch(ServiceProcess::ready));
            Await.until("nothing is left", LIMIT, () -> metric(workers.get(0), "coldstream_score_requests_lag") == 0);

            // The dead worker may have published what it could not acknowledge; and it was paid for what it was asking.
            long repeated =
                    answers.values().stream().filter(all -> all.size() > 1).count();
            assertThat(repeated).isLessThanOrEqualTo(CONCURRENCY);
            assertThat(chat.count()).isBetween((long) REQUESTS, (long) REQUESTS + CONCURRENCY);
            assertThat(answers.values()).allSatisfy(all -> assertThat(all)
                    .allSatisfy(one -> assertThat(items(one)).isEqualTo(items(all.get(0)))));
            assertThat(read(client, Topics.deadLetter(topics.scoreRequests()))).isEmpty();
        } finally {
            workers.forEach(ServiceProcess::close);
        }
    }

    private void start(List<ServiceProcess> workers, int count, Map<String, String> environment) throws IOException {
        for (int k = 0; k < count; k++) {
            int port = Ports.free();
            Map<String, String> own = new HashMap<>(environment);
            own.put("COLDSTREAM_SCORER_PORT", Integer.toString(port));
            Path place = Files.createDirectory(folder.resolve("worker-" + port));
            workers.add(ServiceProcess.start("scorer-worker", port, place, own));
        }
    }

    private static void announceItems(Map<String, Object> client, Topics topics) {
        try (KafkaProducer<byte[], byte[]> producer = producer(client)) {
            for (int i = 0; i < ITEMS; i++) {
                ItemId id = new ItemId("item-" + i);
                send(
                        producer,
                        topics.items(),
                        id.value(),
                        EventWriter.write(Examples.item(id, "The item number " + i, "kind " + i % 3)));
            }
        }
    }

    private static void ask(Map<String, Object> client, Topics topics) {
        try (KafkaProducer<byte[], byte[]> producer = producer(client)) {
            for (int i = 0; i < REQUESTS; i++) {
                UserId user = new UserId("user-" + i);
                ScoreRequest request = new ScoreRequest(
                        "r" + i,
                        user,
                        List.of(new ItemId("item-" + i % ITEMS)),
                        Reason.COLD_USER,
                        List.of(),
                        1,
                        Examples.NOON,
                        Instant.now());
                send(producer, topics.scoreRequests(), user.value(), Json.write(request));
            }
        }
    }

    private static Map<String, List<SoftScores>> answers(Map<String, Object> client, Topics topics) {
        Map<String, List<SoftScores>> answers = new TreeMap<>();
        read(client, topics.softScores()).stream()
                .map(record -> Json.read(record.value(), SoftScores.class))
                .forEach(one -> answers.computeIfAbsent(one.requestId(), id -> new ArrayList<>())
                        .add(one));
        return answers;
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(Map<String, Object> client, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    private static List<ItemId> items(SoftScores scores) {
        return scores.scores().stream().map(SoftScores.ItemScore::item).toList();
    }

    private static double metric(ServiceProcess worker, String name) {
        return worker.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
        return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }
}
