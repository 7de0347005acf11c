package coldstream.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a dead-letter topic to its end. */
public final class DeadLetterReader {

    public record Letter(String key, String value, Map<String, String> headers) {}

    private DeadLetterReader() {}

    public static List<Letter> read(Map<String, Object> client, String topic) {
        var config = new HashMap<>(client);
        config.put("isolation.level", "read_committed");
        config.put("fetch.max.wait.ms", 20); // else a fetch of nothing holds up the close
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var letters = new ArrayList<Letter>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> letters.add(letter(record)));
            }
            return letters;
        }
    }

    private static Letter letter(ConsumerRecord<String, String> record) {
        var headers = new HashMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return new Letter(record.key(), record.value(), headers);
    }
}
