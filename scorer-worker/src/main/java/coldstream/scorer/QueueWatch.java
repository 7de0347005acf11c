package coldstream.scorer;

import coldstream.wire.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
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

    private double lag(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, SharePartitionOffsetInfo> offsets = admin.listShareGroupOffsets(
                        Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return offsets.entrySet().stream()
                .filter(one -> one.getKey().topic().equals(topics.scoreRequests()) && one.getValue() != null)
                .mapToLong(one -> one.getValue().lag().orElse(0L))
                .sum();
    }

    private long events(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        var description = admin.describeTopics(List.of(topics.interactions()))
                .topicNameValues()
                .get(topics.interactions());
        if (description == null) {
            return 0;
        }
        Map<TopicPartition, OffsetSpec> ends = description.get(LIMIT_SECONDS, TimeUnit.SECONDS).partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topics.interactions(), partition.partition()),
                        partition -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get(LIMIT_SECONDS, TimeUnit.SECONDS).values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }
}
