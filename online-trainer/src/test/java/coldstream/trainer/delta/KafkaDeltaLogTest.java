package coldstream.trainer.delta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class KafkaDeltaLogTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final Topics topics = new Topics(KAFKA.namespace());

    @BeforeEach
    void topics() {
        new TopicSetup(topics, "ctr", 1, 1).ensure(KAFKA.client(), Await.LIMIT);
    }

    private DeltaLog log() {
        return new KafkaDeltaLog(KAFKA.client(), topics, "ctr");
    }

    private static void write(DeltaLog log, String... keys) {
        log.append(writer -> List.of(keys).forEach(key -> writer.write(key, key.getBytes(UTF_8))));
    }

    /** Keys that readers of committed records see. */
    private List<String> seen() {
        Map<String, Object> config = new HashMap<>(KAFKA.client());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var partition = new TopicPartition(topics.deltas("ctr"), 0);
        List<String> keys = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    keys.add(new String(record.key(), UTF_8));
                }
            }
        }
        return keys;
    }

    @Test
    void ofAnEpochThatBreaksOffNothingIsSeenAndTheNextIsWhole() {
        try (DeltaLog log = log()) {
            write(log, "users|1", "epoch|1");
            assertThatThrownBy(() -> log.append(writer -> {
                        writer.write("users|2", new byte[300_000]);
                        writer.write("users|3", new byte[1]);
                        throw new IllegalStateException("killed here");
                    }))
                    .hasMessage("killed here");
            write(log, "users|4", "epoch|2");
        }
        assertThat(seen()).containsExactly("users|1", "epoch|1", "users|4", "epoch|2");
    }

    @Test
    void aTrainerThatWasReplacedCanAppendNoMore() {
        try (DeltaLog old = log();
                DeltaLog replacing = log()) {
            write(old, "users|1", "epoch|1");
            write(replacing, "users|2", "epoch|2");
            assertThatThrownBy(() -> write(old, "users|3", "epoch|3")).isInstanceOf(KafkaException.class);
            write(replacing, "users|4", "epoch|4");
        }
        assertThat(seen()).containsExactly("users|1", "epoch|1", "users|2", "epoch|2", "users|4", "epoch|4");
    }
}
