package coldstream.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics of one namespace with the configuration they need; those that exist are left as they are.
 *
 * <p>Records carry the time the broker took them ({@code LogAppendTime}): it is the ingest time, and retention goes by
 * it, so that a replay of old events is not removed while it runs. Event time is in the value.
 *
 * @param partitions of every topic but those that have one by nature
 * @param replication copies of every partition
 */
public record TopicSetup(Topics topics, String model, int partitions, int replication) {

    /** Largest batch of interactions or items in bytes; a dead letter may have {@value #DEAD_LETTER_MAX_BYTES}. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Largest batch of dead letters in bytes: the original record, and why it is dead. */
    public static final int DEAD_LETTER_MAX_BYTES = 5 * 1024 * 1024;

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    /** While a dead letter is there, so is the note that it was sent again. */
    private static final Duration LONGER_THAN_LETTERS = MONTH.plusDays(8);

    /** Nothing younger is compacted away, so that a trainer can repeat the steps since its last snapshot exactly. */
    private static final Duration REPEATABLE = Duration.ofDays(1);

    /** How far back deltas go, and from when on an older state of a row may be gone. */
    private static final Duration DELTAS_KEPT = Duration.ofDays(1);

    /** Epochs younger than this are whole in their topic: only older records make way for newer ones of the same key. */
    public static final Duration DELTAS_WHOLE = Duration.ofMinutes(10);

    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);
    private static final String FOREVER = "-1";

    /**
     * Returns once all topics exist and every partition is served.
     *
     * @param client configuration of the Kafka client
     * @throws IllegalStateException in one line, if Kafka cannot be reached or refuses within {@code limit}
     */
    public void ensure(Map<String, Object> client, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Admin admin = Admin.create(client)) {
            List<NewTopic> missing = all();
            while (!missing.isEmpty()) {
                missing = create(admin, missing, deadline);
                if (!missing.isEmpty()) {
                    TimeUnit.NANOSECONDS.sleep(RETRY_PAUSE.toNanos());
                }
            }
            while (!served(admin, deadline)) {
                TimeUnit.NANOSECONDS.sleep(RETRY_PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }

    /**
     * Whether the leader of every partition answers. Just after a topic was created it may not, and an idempotent producer
     * that then has two batches on the way can get the second one in first, after which the first never gets in.
     */
    private boolean served(Admin admin, long deadline) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> partitionsOfAll = new HashMap<>();
            List<String> names = all().stream().map(NewTopic::name).toList();
            admin.describeTopics(names).allTopicNames().get().forEach((name, description) -> description
                    .partitions()
                    .forEach(partition ->
                            partitionsOfAll.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
            admin.listOffsets(partitionsOfAll).all().get();
            return true;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RetriableException) || System.nanoTime() >= deadline) {
                throw new IllegalStateException("topics cannot be used: " + e.getCause(), e);
            }
            return false;
        }
    }

    /** Every topic with its configuration. */
    public List<NewTopic> all() {
        List<NewTopic> all = new ArrayList<>();
        for (String consumed : List.of(
                topics.interactions(),
                topics.samples(),
                topics.scoreRequests(),
                topics.softScores(),
                topics.tasteProfiles())) {
            all.add(kept(consumed, partitions, WEEK, MAX_BYTES));
            all.add(kept(Topics.deadLetter(consumed), 1, MONTH, DEAD_LETTER_MAX_BYTES));
        }
        for (String latest : List.of(topics.items(), topics.itemVectors(), topics.itemEnrichments())) {
            all.add(topic(
                    latest,
                    partitions,
                    Map.of(
                            "cleanup.policy",
                            "compact",
                            "min.compaction.lag.ms",
                            Long.toString(REPEATABLE.toMillis()),
                            "max.message.bytes",
                            Integer.toString(MAX_BYTES))));
            all.add(kept(Topics.deadLetter(latest), 1, MONTH, DEAD_LETTER_MAX_BYTES));
        }
        all.add(topic(
                topics.replayedLetters(), 1, Map.of("retention.ms", Long.toString(LONGER_THAN_LETTERS.toMillis()))));
        all.add(topic(topics.registryEvents(), 1, Map.of("retention.ms", FOREVER)));
        all.add(kept(topics.driftAlerts(), 1, MONTH, MAX_BYTES));
        all.add(topic(topics.steps(model), 1, Map.of("retention.ms", FOREVER, "retention.bytes", FOREVER)));
        all.add(topic(
                topics.deltas(model),
                1,
                Map.of(
                        "cleanup.policy",
                        "compact,delete",
                        "min.compaction.lag.ms",
                        Long.toString(DELTAS_WHOLE.toMillis()),
                        "segment.ms",
                        Long.toString(DELTAS_WHOLE.toMillis()),
                        "retention.ms",
                        Long.toString(DELTAS_KEPT.toMillis()),
                        "max.message.bytes",
                        Integer.toString(MAX_BYTES))));
        return all;
    }

    private NewTopic kept(String name, int count, Duration retention, int maxBytes) {
        return topic(
                name,
                count,
                Map.of(
                        "retention.ms",
                        Long.toString(retention.toMillis()),
                        "max.message.bytes",
                        Integer.toString(maxBytes)));
    }

    private NewTopic topic(String name, int count, Map<String, String> configuration) {
        Map<String, String> complete = new TreeMap<>(configuration);
        complete.put("message.timestamp.type", "LogAppendTime");
        complete.put("min.insync.replicas", Integer.toString(Math.max(1, replication - 1)));
        return new NewTopic(name, count, (short) replication).configs(complete);
    }

    /** The topics to try again. */
    private static List<NewTopic> create(Admin admin, List<NewTopic> wanted, long deadline)
            throws InterruptedException {
        long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        CreateTopicsResult result = admin.createTopics(
                wanted, new CreateTopicsOptions().timeoutMs((int) Math.min(left, Integer.MAX_VALUE)));
        List<NewTopic> again = new ArrayList<>();
        for (NewTopic topic : wanted) {
            KafkaFuture<Void> created = result.values().get(topic.name());
            try {
                if (created != null) {
                    created.get();
                }
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (cause instanceof TopicExistsException) {
                    continue;
                }
                // A broker that has just started may not know its peers yet.
                boolean passes =
                        cause instanceof RetriableException || cause instanceof InvalidReplicationFactorException;
                if (!passes || System.nanoTime() >= deadline) {
                    throw new IllegalStateException("cannot create topic " + topic.name() + ": " + cause, e);
                }
                again.add(topic);
            }
        }
        return again;
    }
}
