package coldstream.app.demo;

import coldstream.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what lies in the topics, committed only: an account of the system that does not ask the system.
 *
 * <p>Reads on a thread of its own until closed.
 */
final class TopicCounts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCounts.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topics topics;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Long> records = new ConcurrentHashMap<>();
    private final Set<String> itemsWithVector = ConcurrentHashMap.newKeySet();
    private final Set<String> scoredUsers = ConcurrentHashMap.newKeySet();
    private final Map<String, Arrivals> arrivals = new ConcurrentHashMap<>();
    private final Thread thread;

    private TopicCounts(Topics topics, KafkaConsumer<String, byte[]> consumer) {
        this.topics = topics;
        this.consumer = consumer;
        this.thread = new Thread(this::run, "topic-counts");
    }

    /** @param client configuration of the Kafka client */
    static TopicCounts start(Topics topics, Map<String, Object> client) {
        Map<String, Object> configuration = new HashMap<>(client);
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        var consumer = new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(
                topics.samples(),
                topics.itemVectors(),
                topics.scoreRequests(),
                topics.softScores(),
                Topics.deadLetter(topics.interactions()),
                Topics.deadLetter(topics.items()),
                Topics.deadLetter(topics.samples()),
                Topics.deadLetter(topics.scoreRequests()))) {
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
        }
        consumer.assign(partitions);
        TopicCounts counts = new TopicCounts(topics, consumer);
        counts.thread.setDaemon(true);
        counts.thread.start();
        return counts;
    }

    /** When the events behind the samples arrived, by {@code topic-partition}. */
    Map<String, Arrivals> arrivals() {
        return arrivals;
    }

    long samples() {
        return of(topics.samples());
    }

    /** Interactions that went to the dead letters. */
    long rejected() {
        return of(Topics.deadLetter(topics.interactions()));
    }

    long scoreRequests() {
        return of(topics.scoreRequests());
    }

    long softScores() {
        return of(topics.softScores());
    }

    /** Items whose text a language model has read. */
    long itemsWithVector() {
        return itemsWithVector.size();
    }

    /** Users with at least one answer of the language model. */
    long scoredUsers() {
        return scoredUsers.size();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long of(String topic) {
        return records.getOrDefault(topic, 0L);
    }

    private void run() {
        try (consumer) {
            while (true) {
                consumer.poll(POLL).forEach(this::count);
            }
        } catch (WakeupException e) {
            // told to stop
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("counting stopped");
        }
    }

    private void count(ConsumerRecord<String, byte[]> found) {
        records.merge(found.topic(), 1L, Long::sum);
        if (found.topic().equals(topics.samples())) {
            arrivals.computeIfAbsent(found.topic() + "-" + found.partition(), partition -> new Arrivals())
                    .add(found.offset(), found.value());
        } else if (found.topic().equals(topics.itemVectors())) {
            itemsWithVector.add(found.key());
        } else if (found.topic().equals(topics.softScores())) {
            scoredUsers.add(found.key());
        }
    }
}
