package coldstream.scorer;

import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.service.Settings;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.testkit.RedisExtension;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers against a real broker, a real Redis and the real encoder; what a test opens is closed after it. */
@Tag("integration")
abstract class RunningWorkers {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    static final int CATALOGUE = 60;
    static final UserId USER = new UserId("u1");

    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<AutoCloseable> opened = new ArrayList<>();
    Topics topics;
    Map<String, Object> kafka;
    Stream stream;

    @BeforeEach
    void createTopics() {
        topics = new Topics(KAFKA.namespace());
        use(KAFKA.client(), 2);
    }

    final void use(Map<String, Object> client, int partitions) {
        kafka = client;
        new TopicSetup(topics, "ctr", partitions, 1).ensure(kafka, Await.LIMIT);
        stream = opened(new Stream(kafka, topics));
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    final ScorerWorker started(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap-servers",
                String.valueOf(kafka.get("bootstrap.servers")),
                "namespace",
                topics.namespace(),
                "topics.partitions",
                "2",
                "redis.url",
                REDIS.url().toString(),
                "scorer.port",
                "0",
                "scorer.encoder-threads",
                "1"));
        all.putAll(settings);
        ScorerWorker worker = opened(ScorerWorker.create(Settings.of(ScorerWorker.settings(), all), meters));
        worker.start();
        return worker;
    }

    final <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }

    static List<String> ids(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> Json.read(record.value(), SoftScores.class).requestId())
                .toList();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(
                record.headers().lastHeader("__streams.errors." + name).value(), StandardCharsets.UTF_8);
    }
}
