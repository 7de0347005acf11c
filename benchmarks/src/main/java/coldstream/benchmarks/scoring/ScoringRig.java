package coldstream.benchmarks.scoring;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.UserId;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.embedded.EmbeddedRedis;
import coldstream.scorer.ScorerProgress;
import coldstream.scorer.ScorerWorker;
import coldstream.service.Settings;
import coldstream.wire.EventWriter;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A scorer worker on a real broker and a real Redis, all on this machine, and what feeds it. */
final class ScoringRig implements AutoCloseable {

    private static final int PARTITIONS = 4;
    private static final long LOOK_MILLIS = 5;

    private final EmbeddedRedis redis = EmbeddedRedis.start(0);
    private final EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE);
    private final Topics topics = new Topics(Topics.DEFAULT_NAMESPACE);
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScorerWorker worker;

    ScoringRig(Map<String, String> settings) {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        new TopicSetup(topics, "ctr", PARTITIONS, 1).ensure(client, Duration.ofSeconds(30));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", broker.bootstrapServers(),
                "redis.url", redis.url().toString(),
                "scorer.port", "0"));
        all.putAll(settings);
        worker = ScorerWorker.create(Settings.of(ScorerWorker.settings(), all), new SimpleMeterRegistry());
        worker.start();
    }

    static Item item(String id, String title) {
        return new Item(
                new ItemId(id),
                title,
                List.of("kind " + Math.floorMod(id.hashCode(), 12)),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    void announce(Item item) {
        send(topics.items(), item.item().value(), EventWriter.write(item));
    }

    /** One request of a user of its own. */
    void ask(long number, List<String> history) {
        String user = "user-" + number;
        ScoreRequest request = new ScoreRequest(
                "r" + number,
                new UserId(user),
                history.stream().map(ItemId::new).toList(),
                Reason.COLD_USER,
                List.of(),
                history.size(),
                Instant.EPOCH,
                Instant.now());
        send(topics.scoreRequests(), user, Json.write(request));
    }

    void flush() {
        producer.flush();
    }

    ScorerProgress progress() {
        return worker.progress();
    }

    /** The time when it came true. */
    long await(Predicate<ScorerProgress> reached) throws InterruptedException {
        while (!reached.test(worker.progress())) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return System.nanoTime();
    }

    private void send(String topic, String key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    @Override
    public void close() {
        worker.close();
        producer.close(Duration.ofSeconds(1));
        broker.close();
        redis.close();
    }
}
