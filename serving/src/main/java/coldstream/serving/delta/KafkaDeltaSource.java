package coldstream.serving.delta;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Deltas in their topic; nothing is committed to Kafka. */
public final class KafkaDeltaSource implements DeltaSource {

    private static final int MOST_RECORDS = 5_000;
    private static final int PATIENCE_MILLIS = 2_000;
    private static final Duration CLOSE = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;

    /** @param client what every Kafka client starts from */
    public KafkaDeltaSource(Map<String, Object> client, Topics topics, String model) {
        partition = new TopicPartition(topics.deltas(model), 0);
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // what is missing then shows as a gap
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, TopicSetup.MAX_BYTES);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, topics.namespace() + "-serving-" + model + "-deltas");
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
    }

    @Override
    public void from(Instant time) {
        @Nullable
        OffsetAndTimestamp found =
                consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
        consumer.seek(partition, found == null ? end() : found.offset());
    }

    @Override
    public void fromBeginning() {
        consumer.seekToBeginning(List.of(partition));
    }

    @Override
    public List<Raw> poll(Duration wait) {
        List<Raw> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (record.key() != null && record.value() != null) {
                found.add(new Raw(new String(record.key(), UTF_8), record.value(), record.timestamp()));
            }
        }
        return found;
    }

    @Override
    public long position() {
        return consumer.position(partition);
    }

    @Override
    public long end() {
        return Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
    }
}
