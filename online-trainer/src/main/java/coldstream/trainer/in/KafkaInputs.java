package coldstream.trainer.in;

import static coldstream.trainer.in.MismatchException.require;

import coldstream.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The input topics in Kafka: every partition, committed records only, from offsets the caller keeps. Nothing is committed
 * to Kafka. Partitions added later are found within {@link #GROWTH_CHECK}.
 */
final class KafkaInputs implements Inputs {

    private static final Duration GROWTH_CHECK = Duration.ofSeconds(5);
    private static final Duration TOPICS_APPEAR = Duration.ofSeconds(15);

    private final Consumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, InputPartition> partitions = new HashMap<>();
    private long lastGrowthCheck;

    KafkaInputs(Consumer<byte[], byte[]> consumer, Topics topics, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.topics = topics;
        this.nanoTime = nanoTime;
    }

    @Override
    public void open(SortedMap<String, Long> offsets, InputBuffers buffers) {
        awaitTopics();
        var unknown = new TreeSet<>(offsets.keySet());
        partitions.values().forEach(partition -> unknown.remove(partition.name()));
        require(unknown.isEmpty(), "every input the trainer has read from must still exist, got no %s", unknown);
        consumer.assign(partitions.keySet());
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions.keySet());
        partitions.forEach((topicPartition, partition) -> {
            long begin = Objects.requireNonNull(begins.get(topicPartition));
            long end = Objects.requireNonNull(ends.get(topicPartition));
            long offset = offsets.getOrDefault(partition.name(), begin);
            require(
                    begin <= offset && offset <= end,
                    "%s must still have offset %d where training goes on, got offsets %d to %d: records are gone, or "
                            + "this is another Kafka than the one the snapshot or journal comes from",
                    partition.name(),
                    offset,
                    begin,
                    end);
            start(partition, offset, buffers);
        });
    }

    @Override
    public void poll(Duration wait, InputBuffers buffers) {
        grow(buffers);
        ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
        for (TopicPartition topicPartition : records.partitions()) {
            InputPartition partition = Objects.requireNonNull(partitions.get(topicPartition));
            for (ConsumerRecord<byte[], byte[]> record : records.records(topicPartition)) {
                buffers.add(partition, Decoder.decode(partition.input(), record));
            }
        }
        var full = new ArrayList<TopicPartition>();
        var free = new ArrayList<TopicPartition>();
        partitions.forEach((topicPartition, partition) -> {
            long unread = consumer.currentLag(topicPartition).orElse(0);
            buffers.readTo(partition, consumer.position(topicPartition), unread);
            if (buffers.isFull(partition)) {
                full.add(topicPartition);
            } else if (buffers.isHalfEmpty(partition)) {
                free.add(topicPartition);
            }
        });
        consumer.pause(full);
        if (!consumer.paused().isEmpty()) {
            consumer.resume(free);
        }
    }

    @Override
    public SortedMap<InputPartition, Long> ends(InputBuffers buffers) {
        var ends = new TreeMap<InputPartition, Long>();
        consumer.endOffsets(partitions.keySet())
                .forEach(
                        (topicPartition, end) -> ends.put(Objects.requireNonNull(partitions.get(topicPartition)), end));
        return ends;
    }

    /** A topic that was just created takes a moment to be known everywhere. */
    private void awaitTopics() {
        long deadline = nanoTime.getAsLong() + TOPICS_APPEAR.toNanos();
        while (true) {
            find();
            var missing = EnumSet.allOf(Input.class);
            partitions.values().forEach(partition -> missing.remove(partition.input()));
            if (missing.isEmpty()) {
                return;
            }
            require(
                    nanoTime.getAsLong() < deadline,
                    "the topics of the trainer's inputs must exist, got no %s",
                    missing);
        }
    }

    private void grow(InputBuffers buffers) {
        if (nanoTime.getAsLong() - lastGrowthCheck < GROWTH_CHECK.toNanos()) {
            return;
        }
        List<TopicPartition> found = find();
        if (!found.isEmpty()) {
            consumer.assign(partitions.keySet());
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(found);
            begins.forEach((topicPartition, begin) ->
                    start(Objects.requireNonNull(partitions.get(topicPartition)), begin, buffers));
        }
    }

    /** Notes the partitions there are, and returns those that are new. */
    private List<TopicPartition> find() {
        lastGrowthCheck = nanoTime.getAsLong();
        var found = new ArrayList<TopicPartition>();
        for (Input input : Input.values()) {
            consumer.partitionsFor(input.topic(topics)).forEach(info -> {
                var topicPartition = new TopicPartition(info.topic(), info.partition());
                if (partitions.putIfAbsent(topicPartition, new InputPartition(input, topicPartition)) == null) {
                    found.add(topicPartition);
                }
            });
        }
        return found;
    }

    private void start(InputPartition partition, long offset, InputBuffers buffers) {
        consumer.seek(partition.partition(), offset);
        buffers.open(partition, offset);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
