package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.testkit.Await;
import coldstream.wire.EventWriter;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topics around a worker, as its tests write and read them. */
final class Stream implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Topics topics;

    Stream(Map<String, Object> kafka, Topics topics) {
        this.topics = topics;
        producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        Map<String, Object> reading = new HashMap<>(kafka);
        reading.put("fetch.max.wait.ms", 20); // else a fetch of nothing holds up what is asked next
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void announce(List<Item> items) {
        items.forEach(item -> send(topics.items(), item.item().value(), EventWriter.write(item)));
        producer.flush();
    }

    void retire(ItemId item) {
        send(topics.items(), item.value(), null);
        producer.flush();
    }

    void ask(ScoreRequest request) {
        ask(request.user().value(), Json.write(request));
    }

    void ask(String key, byte[] value) {
        send(topics.scoreRequests(), key, value);
        producer.flush();
    }

    /** Sends without waiting. */
    void send(String topic, String key, byte @Nullable [] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    void flush() {
        producer.flush();
    }

    /** The records of the topic from its beginning, once there are at least {@code count}. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        return Await.value(count + " records in " + topic, () -> {
            List<ConsumerRecord<byte[], byte[]>> records = all(topic);
            return records.size() >= count ? Optional.of(records) : Optional.empty();
        });
    }

    /** The records of the topic now. */
    List<ConsumerRecord<byte[], byte[]>> all(String topic) throws ExecutionException {
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

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close();
    }
}
