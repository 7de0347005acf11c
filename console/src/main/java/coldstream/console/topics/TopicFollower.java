package coldstream.console.topics;

import coldstream.wire.TopicSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads some topics from near their ends, again from there after Kafka was away: what listens must not mind a record it has seen.
 * A topic that is not there yet is read once it is.
 */
public final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration SETUP_LIMIT = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    private final Map<String, Object> client;
    private final Map<String, Object> kafka;
    private final TopicSetup setup;
    private final Map<String, Long> topics;
    private final Listener listener;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Thread thread = new Thread(this::follow, "console-topics");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consuming;

    /** Told what the topics say, by one thread. */
    public interface Listener {

        /** A record; each offset comes once in the life of the follower. */
        void take(ConsumerRecord<byte[], byte[]> record);

        /** Kafka answered; {@code caughtUp} if everything there was has been read. */
        void heard(boolean caughtUp);

        /** Kafka did not answer. */
        void away(String why);
    }

    /** @param topics how many records before its end each is read from */
    public TopicFollower(Map<String, Object> kafka, TopicSetup setup, Map<String, Long> topics, Listener listener) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("enable.auto.commit", "false");
        settings.put("isolation.level", "read_committed");
        settings.put("allow.auto.create.topics", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("client.id", "coldstream-console");
        settings.put("default.api.timeout.ms", (int) PAUSE.toMillis());
        settings.put("request.timeout.ms", (int) PAUSE.toMillis());
        this.client = Map.copyOf(kafka);
        this.kafka = settings;
        this.setup = setup;
        this.topics = Map.copyOf(topics);
        this.listener = listener;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        KafkaConsumer<byte[], byte[]> consumer = consuming;
        if (consumer != null) {
            consumer.wakeup();
        } else {
            thread.interrupt(); // it waits for a Kafka that does not answer
        }
        try {
            thread.join(STOP_LIMIT.toMillis());
            if (thread.isAlive()) { // where Kafka does not answer
                thread.interrupt();
                thread.join(STOP_LIMIT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        boolean ready = false;
        while (closed.getCount() > 0) {
            try {
                if (!ready) {
                    setup.ensure(client, SETUP_LIMIT);
                    ready = true;
                }
                consume();
            } catch (WakeupException | InterruptException e) {
                LOG.atDebug().log("closed"); // nobody else wakes it
            } catch (KafkaException | IllegalStateException e) {
                String why = String.valueOf(e.getMessage());
                LOG.atDebug().addKeyValue("why", why).log("kafka is away");
                listener.away(why);
                if (pause()) {
                    return;
                }
            }
        }
    }

    private boolean pause() {
        try {
            return closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // closed
        }
    }

    private void consume() {
        try (var consumer = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consuming = consumer;
            Set<String> followed = new HashSet<>();
            Map<TopicPartition, Long> ends = new HashMap<>();
            long lookAt = System.nanoTime();
            while (closed.getCount() > 0) {
                if (System.nanoTime() - lookAt >= 0) {
                    if (followed.size() < topics.size()) {
                        assign(consumer, followed, ends);
                    }
                    consumer.listTopics(PAUSE); // what says whether Kafka answers
                    lookAt = System.nanoTime() + LOOK_AGAIN.toNanos();
                }
                ConsumerRecords<byte[], byte[]> records =
                        consumer.assignment().isEmpty() ? ConsumerRecords.empty() : consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                    take(record);
                }
                ends.keySet().removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
                listener.heard(ends.isEmpty());
                if (consumer.assignment().isEmpty() && pause()) {
                    return;
                }
            }
        } finally {
            consuming = null;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            listener.take(record);
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("why", String.valueOf(e.getMessage()))
                    .log("a record cannot be read");
        }
    }

    private void assign(KafkaConsumer<byte[], byte[]> consumer, Set<String> followed, Map<TopicPartition, Long> ends) {
        Map<String, List<PartitionInfo>> there = consumer.listTopics(PAUSE);
        List<TopicPartition> fresh = new ArrayList<>();
        Map<TopicPartition, Long> positions = new HashMap<>();
        consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
        topics.keySet().stream()
                .filter(topic -> there.containsKey(topic) && followed.add(topic))
                .forEach(topic -> there.getOrDefault(topic, List.of())
                        .forEach(info -> fresh.add(new TopicPartition(topic, info.partition()))));
        if (fresh.isEmpty()) {
            return;
        }
        List<TopicPartition> all = new ArrayList<>(positions.keySet());
        all.addAll(fresh);
        consumer.assign(all);
        positions.forEach(consumer::seek);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(fresh);
        Map<TopicPartition, Long> last = consumer.endOffsets(fresh);
        for (TopicPartition partition : fresh) {
            long begin = begins.getOrDefault(partition, 0L);
            long end = last.getOrDefault(partition, 0L);
            long back = end - topics.getOrDefault(partition.topic(), 0L);
            consumer.seek(partition, Math.max(begin, next.getOrDefault(partition, back)));
            ends.put(partition, end);
        }
    }
}
