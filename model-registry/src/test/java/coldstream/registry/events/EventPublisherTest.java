package coldstream.registry.events;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.embedded.Ports;
import coldstream.registry.RunningRegistry;
import coldstream.registry.Snapshots;
import coldstream.testkit.Await;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class EventPublisherTest {

    private static final String TOPIC = new Topics("coldstream").registryEvents();

    private final Path folder;

    EventPublisherTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void eventsWaitWhileKafkaIsAwayAndComeInOrderOnceItIsThere() throws IOException {
        int port = Ports.free();
        try (var registry =
                RunningRegistry.start(folder.resolve("data"), Map.of("kafka.bootstrap-servers", "127.0.0.1:" + port))) {
            registry.client().publish("ctr", Snapshots.write(folder.resolve("a"), "one", 0.80));
            registry.client().publish("ctr", Snapshots.write(folder.resolve("b"), "two", 0.70));
            assertThat(registry.get("/metrics").body()).contains("coldstream_registry_unsent_events 6.0");

            try (EmbeddedKafka kafka = EmbeddedKafka.start(
                    new EmbeddedKafkaOptions(port, Optional.of(folder.resolve("kafka")), Map.of()))) {
                List<ConsumerRecord<String, byte[]>> records = read(kafka.bootstrapServers(), 6);

                assertThat(records)
                        .extracting(record ->
                                Json.read(record.value(), RegistryEvent.class).kind())
                        .containsExactly(
                                Kind.VERSION_CREATED,
                                Kind.ALIAS_SET,
                                Kind.PROMOTED,
                                Kind.VERSION_CREATED,
                                Kind.ALIAS_SET,
                                Kind.KEPT);
                assertThat(records).extracting(ConsumerRecord::key).containsOnly("ctr");
                assertThat(header(records.get(2), "ce_type")).isEqualTo("coldstream.registry.promoted.v1");
                assertThat(header(records.get(2), "ce_specversion")).isEqualTo("1.0");
                assertThat(header(records.get(2), "ce_id")).isEqualTo("3");
                Await.until(
                        "nothing is owed",
                        () -> registry.get("/metrics").body().contains("coldstream_registry_unsent_events 0.0"));
            }
        }
    }

    private static List<ConsumerRecord<String, byte[]>> read(String bootstrapServers, int count) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            consumer.seekToBeginning(consumer.assignment());
            Await.until(count + " events", () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
