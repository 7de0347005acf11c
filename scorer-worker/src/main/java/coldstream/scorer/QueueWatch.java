package coldstream.scorer;

import coldstream.wire.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from outside at what waits: the share group's lag, also while the endpoint is gone and nobody takes a request; and
 * how many events there were since the start, which the cost is put in relation to.
 */
final class QueueWatch extends Loop {

    private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final long LIMIT_SECONDS = 10;

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final String group;
    private volatile double lag = Double.NaN;
    private volatile long events = -1;
    private long firstEvents = -1;

    QueueWatch(Map<String, Object> kafka, Topics topics, String group, ScorerMetrics metrics, MeterRegistry meters) {
        super("queue-watch");
        this.kafka = kafka;
        this.topics = topics;
        this.group = group;
        Gauge.builder("coldstream.score.requests.lag", () -> lag)
                .description("Requests of the whole group that are not settled")
                .register(meters);
        Gauge.builder("coldstream.llm.cost.per.thousand.events", () -> costPerThousand(metrics.cost()))
                .description("Money this worker spent on the language model per thousand interactions since it started")
                .register(meters);
    }

    private double costPerThousand(double cost) {
        return events <= 0 ? Double.NaN : 1000 * cost / events;
    }

    @Override
    void run() throws InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            while (!stopping()) {
                look(admin);
                pause(EVERY);
            }
        }
    }

    private void look(Admin admin) throws InterruptedException {
        try {
            lag = lag(admin);
            long all = events(admin);
            firstEvents = firstEvents < 0 ? all : firstEvents;
            events = all - firstEvents;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            lag = Double.NaN; // nothing is known while Kafka is away
            LOG.atDebug().setCause(e).log("the queue cannot be seen");
        }
    }

    /** Where the group has no state yet, because it has settled nothing, the whole partition is its lag. */
    private double lag(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, SharePartitionOffsetInfo> known = admin.listShareGroupOffsets(
                        Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, Long> begins = offsets(admin, topics.scoreRequests(), OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(admin, topics.scoreRequests(), OffsetSpec.latest());
        double all = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            SharePartitionOffsetInfo info = known.get(end.getKey());
            all += info != null && info.lag().isPresent()
                    ? info.lag().get()
                    : end.getValue() - begins.getOrDefault(end.getKey(), 0L);
        }
        return all;
    }

    private long events(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        return offsets(admin, topics.interactions(), OffsetSpec.latest()).values().stream()
                .mapToLong(end -> end)
                .sum();
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, String topic, OffsetSpec which)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        TopicDescription description = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                .get(topic);
        if (description != null) {
            description
                    .partitions()
                    .forEach(partition -> wanted.put(new TopicPartition(topic, partition.partition()), which));
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(wanted)
                .all()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }
}
