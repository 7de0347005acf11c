package coldstream.console.deadletter;

import coldstream.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads dead letters, and what was done about them, from Kafka. One thread.
 *
 * <p>Calls throw {@link org.apache.kafka.common.KafkaException} when Kafka does not answer in time.
 */
final class LetterReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /** A fetch that waits for what is not there holds up whatever is asked next, and the close. */
    private static final int FETCH_MILLIS = 20;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration limit;

    /** @param limit longest wait for what is there */
    LetterReader(Map<String, Object> kafka, Duration limit) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("default.api.timeout.ms", (int) limit.toMillis());
        settings.put("fetch.max.wait.ms", FETCH_MILLIS);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.limit = limit;
    }

    /** Those of the letters that are still there. */
    Map<LetterId, ConsumerRecord<byte[], byte[]>> find(Collection<LetterId> ids) {
        Map<TopicPartition, List<Long>> wanted = new LinkedHashMap<>();
        ids.forEach(id ->
                wanted.computeIfAbsent(id.place(), key -> new ArrayList<>()).add(id.offset()));
        Map<LetterId, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
        wanted.forEach((partition, offsets) -> {
            if (!exists(partition)) {
                return;
            }
            consumer.assign(List.of(partition));
            long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            Map<Long, ConsumerRecord<byte[], byte[]>> seen = new TreeMap<>();
            for (long offset : offsets.stream().sorted().distinct().toList()) {
                if (offset >= begin && offset < end && !seen.containsKey(offset)) {
                    seek(partition, offset, end, seen);
                }
            }
            offsets.forEach(offset -> {
                ConsumerRecord<byte[], byte[]> record = seen.get(offset);
                if (record != null) {
                    found.put(new LetterId(partition.topic(), partition.partition(), offset), record);
                }
            });
        });
        return found;
    }

    /** Reads on from an offset until it is behind it; keeps what is not later than it needs. */
    private void seek(TopicPartition partition, long offset, long end, Map<Long, ConsumerRecord<byte[], byte[]>> seen) {
        consumer.seek(partition, offset);
        long deadline = System.nanoTime() + limit.toNanos();
        while (consumer.position(partition) <= offset && consumer.position(partition) < end) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "offset " + offset + " of " + partition + " could not be read within " + limit);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() == offset) {
                    seen.put(offset, record);
                }
            }
        }
    }

    /** Reads everything these topics hold now, each partition from at most so many records before its end. */
    void all(Collection<String> topics, long most, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        List<TopicPartition> partitions = new ArrayList<>();
        Map<String, ?> there = consumer.listTopics();
        topics.stream().filter(there::containsKey).forEach(topic -> consumer.partitionsFor(topic)
                .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> consumer.seek(
                partition, Math.max(begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L) - most)));
        long deadline = System.nanoTime() + limit.toNanos();
        while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
            var records = consumer.poll(POLL);
            records.forEach(each);
            deadline = records.isEmpty() ? deadline : System.nanoTime() + limit.toNanos();
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("dead letters could not be read within " + limit);
            }
        }
    }

    /** A note of a letter that was sent again, if the record is one. */
    static Optional<Replayed> note(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? Optional.empty() : Optional.of(Json.read(record.value(), Replayed.class));
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    private boolean exists(TopicPartition partition) {
        return consumer.listTopics().containsKey(partition.topic())
                && consumer.partitionsFor(partition.topic()).stream()
                        .anyMatch(info -> info.partition() == partition.partition());
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
