package coldstream.ingest;

import coldstream.testkit.Await;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in a topic, from its beginning. */
final class TopicReader implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Queue<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();

    TopicReader(Map<String, Object> client, String topic) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20); // else a fetch of nothing holds up what is asked next
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, UUID.randomUUID().toString());
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The next record of any partition; fails after a while without one. */
    ConsumerRecord<byte[], byte[]> next() {
        return Await.value("a record", LIMIT, () -> {
            if (read.isEmpty()) {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
            }
            return Optional.ofNullable(read.poll());
        });
    }

    /** Whether nothing more comes within a moment. */
    boolean isAtEnd() {
        consumer.poll(Duration.ofMillis(500)).forEach(read::add);
        return read.isEmpty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
