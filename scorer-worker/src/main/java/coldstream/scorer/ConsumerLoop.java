package coldstream.scorer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A loop that reads topics as a member of a consumer group, a poll at a time. Offsets are committed when everything that
 * follows from a poll is out; a poll that could not be finished is read again after a pause that grows.
 */
abstract class ConsumerLoop extends Loop {

    static final Duration POLL = Duration.ofMillis(200);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final List<String> topics;
    private final BooleanSupplier mayBegin;
    private final Backoff backoff = new Backoff(POLL, LONGEST_PAUSE);

    /** @param mayBegin whether what the loop needs to know is read */
    ConsumerLoop(
            String name, Supplier<Consumer<byte[], byte[]>> consumers, List<String> topics, BooleanSupplier mayBegin) {
        super(name);
        this.consumers = consumers;
        this.topics = topics;
        this.mayBegin = mayBegin;
    }

    /** What came of a poll. */
    enum Done {
        /** All of it is out. */
        YES,
        /** All of it is out, but nothing came of it: the next poll can wait. */
        IN_VAIN,
        /** Not all of it: the same records are to be read again, after a pause. */
        NO
    }

    /** Does what follows from the records of one poll, of which there is at least one. */
    abstract Done act(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException;

    @Override
    final void run() throws InterruptedException {
        if (!begins(mayBegin)) {
            return;
        }
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            wokenBy(consumer::wakeup);
            subscribe(consumer, topics);
            while (!stopping()) {
                turn(consumer);
            }
        } finally {
            wokenBy(null);
        }
    }

    void subscribe(Consumer<byte[], byte[]> consumer, List<String> all) {
        consumer.subscribe(all);
    }

    /** One poll, and what follows from it. */
    void turn(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = poll(consumer, POLL);
        if (records.isEmpty()) {
            return;
        }
        Done done = act(records);
        if (done == Done.NO) {
            firstOffsets(records).forEach(consumer::seek);
        } else {
            consumer.commitSync();
        }
        if (done == Done.YES) {
            backoff.succeeded();
        } else {
            backoff.failed();
            pause(backoff.pause());
        }
    }

    static List<ConsumerRecord<byte[], byte[]>> poll(Consumer<byte[], byte[]> consumer, Duration longest) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(longest).forEach(records::add);
        return records;
    }

    private static Map<TopicPartition, Long> firstOffsets(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Long> first = new HashMap<>();
        records.forEach(record ->
                first.merge(new TopicPartition(record.topic(), record.partition()), record.offset(), Math::min));
        return first;
    }
}
