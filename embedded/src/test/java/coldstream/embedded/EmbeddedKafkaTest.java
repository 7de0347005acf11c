package coldstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class EmbeddedKafkaTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    @Test
    void keepsWhatWasWrittenWhenItRestarts() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE)) {
            kafka.createTopics(new NewTopic("t", 1, (short) 1));
            try (KafkaProducer<String, String> producer = producer(kafka)) {
                producer.send(new ProducerRecord<>("t", "k", "before")).get();
                String address = kafka.bootstrapServers();

                kafka.restart();

                assertThat(kafka.bootstrapServers()).isEqualTo(address);
                producer.send(new ProducerRecord<>("t", "k", "after")).get();
            }
            assertThat(read(kafka, 2)).containsExactly("before", "after");
        }
    }

    @Test
    void aShareGroupGetsBackWhatItReleasesAndNothingItAccepted() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE)) {
            kafka.createTopics(new NewTopic("t", 1, (short) 1));
            fromTheStart(kafka, "workers");
            try (KafkaProducer<String, String> producer = producer(kafka);
                    KafkaShareConsumer<String, String> worker = worker(kafka, "workers")) {
                worker.subscribe(List.of("t"));
                producer.send(new ProducerRecord<>("t", "k", "good")).get();
                producer.send(new ProducerRecord<>("t", "k", "again")).get();
                Map<String, Integer> deliveries = new HashMap<>();
                Instant deadline = Instant.now().plus(LIMIT);
                while (deliveries.getOrDefault("again", 0) < 2 && Instant.now().isBefore(deadline)) {
                    for (ConsumerRecord<String, String> task : worker.poll(Duration.ofMillis(200))) {
                        int delivery = deliveries.merge(task.value(), 1, Integer::sum);
                        boolean release = task.value().equals("again") && delivery == 1;
                        worker.acknowledge(task, release ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
                    }
                    worker.commitSync();
                }

                assertThat(deliveries).containsOnly(Map.entry("good", 1), Map.entry("again", 2));
            }
        }
    }

    @Test
    void leavesNoFolderBehindUnlessToldWhereToKeepIts(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaOptions(0, Optional.of(folder), Map.of()))) {
            kafka.createTopics(new NewTopic("t", 1, (short) 1));
        }

        assertThat(Files.exists(folder.resolve("t-0"))).isTrue();
    }

    @Test
    void aBusyPortIsOneClearLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> EmbeddedKafka.start(new EmbeddedKafkaOptions(port, Optional.empty(), Map.of())))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("port " + port + " for Kafka is in use");
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer());
    }

    private static KafkaShareConsumer<String, String> worker(EmbeddedKafka kafka, String group) {
        return new KafkaShareConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "group.id",
                        group,
                        "share.acknowledgement.mode",
                        "explicit"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static void fromTheStart(EmbeddedKafka kafka, String group) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            var earliest =
                    new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(earliest)))
                    .all()
                    .get();
        }
    }

    private static List<String> read(EmbeddedKafka kafka, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partition = new TopicPartition("t", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Instant deadline = Instant.now().plus(LIMIT);
            while (values.size() < count && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(100)).forEach(found -> values.add(found.value()));
            }
        }
        return values;
    }
}
