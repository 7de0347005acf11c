package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Sample;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.embedded.EmbeddedRedis;
import coldstream.testkit.Await;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 of the trainer, of ingest and of the scorer, and a broker restart, all in mid-stream. The producer does what a
 * producer must: it sends again what was not acknowledged. The account is taken from the topic itself, not from what the
 * services say of themselves.
 */
@Tag("integration")
class KillsAndRestartsTest {

    private static final Duration LIMIT = Await.LIMIT;
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_NAMESPACE);
    private static final int CHUNKS = 20;
    private static final int CHUNK = 100;
    private static final int EVENTS = CHUNKS * CHUNK;
    private static final int ITEMS = 60;

    @Test
    void everyEventBecomesOneSampleAndIsTrainedOnce(@TempDir Path folder) throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(0);
                EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE);
                RunningSystem system = RunningSystem.start(
                        folder, kafka.bootstrapServers(), redis.url().toString())) {
            for (String name : List.of("model-registry", "ingest", "scorer-worker", "online-trainer")) {
                Await.until(
                        name + " is ready", LIMIT, () -> system.process(name).ready());
            }
            deliver(system, "/v1/items", items());
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                disturb(system, kafka, chunk);
                deliver(system, "/v1/interactions", interactions(chunk));
            }

            Await.until("all samples are trained", LIMIT, () -> trained(system)
                    .filter(samples -> samples >= EVENTS)
                    .isPresent());

            List<String> samples = samples(kafka.bootstrapServers());
            assertThat(samples).hasSize(EVENTS).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(samples)).isEqualTo(sent());
            assertThat(trained(system)).contains((long) EVENTS);
        }
    }

    private static void disturb(RunningSystem system, EmbeddedKafka kafka, int chunk) throws Exception {
        switch (chunk) {
            case 5, 16 -> system.killAndStart("online-trainer");
            case 8 -> system.killAndStart("ingest");
            case 11 -> system.killAndStart("scorer-worker");
            case 13 -> kafka.restart();
            default -> {}
        }
    }

    /** Sends until it is acknowledged. */
    private static void deliver(RunningSystem system, String path, String lines) throws Exception {
        Await.until("ingest acknowledges", LIMIT, () -> {
            try {
                HttpResponse<String> answer = system.process("ingest").post(path, "application/x-ndjson", lines);
                assertThat(answer.statusCode()).as(answer.body()).isNotIn(207, 400, 422);
                return answer.statusCode() == 202;
            } catch (UncheckedIOException away) {
                return false;
            }
        });
    }

    private static Optional<Long> trained(RunningSystem system) {
        try {
            JsonNode status = Json.read(
                    system.process("online-trainer").get("/v1/status").body().getBytes(StandardCharsets.UTF_8),
                    JsonNode.class);
            return Optional.of(status.path("samples_trained").asLong());
        } catch (UncheckedIOException away) {
            return Optional.empty();
        }
    }

    /** The ids of all committed samples. */
    private static List<String> samples(String bootstrapServers) {
        Map<String, Object> configuration =
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPICS.samples()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> ids = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record ->
                                ids.add(Json.read(record.value(), Sample.class).sampleId()));
            }
            return ids;
        }
    }

    private static Set<String> sent() {
        Set<String> ids = new TreeSet<>();
        for (int event = 0; event < EVENTS; event++) {
            ids.add("shop|e-" + event);
        }
        return ids;
    }

    private static String items() {
        StringBuilder lines = new StringBuilder();
        for (int item = 0; item < ITEMS; item++) {
            lines.append("{\"item_id\":\"item-%d\",\"title\":\"Thing %d\",\"categories\":[\"kind %d\"]}\n"
                    .formatted(item, item, item % 3));
        }
        return lines.toString();
    }

    private static String interactions(int chunk) {
        StringBuilder lines = new StringBuilder();
        Instant start = Instant.now().minusSeconds(3_000);
        for (int event = chunk * CHUNK; event < (chunk + 1) * CHUNK; event++) {
            lines.append("{\"event_id\":\"e-%d\",\"source\":\"shop\",\"type\":\"click\",".formatted(event)
                    + "\"user_id\":\"user-%d\",\"item_id\":\"item-%d\",\"timestamp\":\"%s\"}\n"
                            .formatted(event % 170, event * 7 % ITEMS, start.plusSeconds(event)));
        }
        return lines.toString();
    }
}
