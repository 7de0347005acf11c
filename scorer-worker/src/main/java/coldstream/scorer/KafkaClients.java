package coldstream.scorer;

import coldstream.wire.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka clients of the request loop, and the configuration of its share group. */
final class KafkaClients {

    private static final Duration ADMIN_LIMIT = Duration.ofSeconds(30);

    /**
     * Deliveries after which the broker drops a request, without a word to anybody; the most a broker allows unless told
     * otherwise. Far above the worker's own limit, so that a dead letter is written long before.
     */
    static final int BROKER_DELIVERIES = 10;

    /** Few enough for a call each before the group takes a member for dead. */
    private static final int REQUESTS_FOLLOWED = 10;

    private final Map<String, Object> kafka;
    private final String group;

    KafkaClients(Map<String, Object> kafka, Topics topics) {
        this.kafka = kafka;
        this.group = topics.namespace() + "-scorer-worker";
    }

    String group() {
        return group;
    }

    /**
     * Sets what the group's first member cannot: where it begins, that requests of an aborted transaction are none, how long
     * a request is kept for a silent member, that a member may ask for more time, and how often it is handed out at most.
     */
    void configureGroup(Duration lock) {
        Map<String, String> wanted = new HashMap<>();
        wanted.put("share.auto.offset.reset", "earliest");
        wanted.put("share.isolation.level", "read_committed");
        wanted.put("share.record.lock.duration.ms", Long.toString(lock.toMillis()));
        wanted.put("share.renew.acknowledge.enable", "true");
        wanted.put("share.delivery.count.limit", Integer.toString(BROKER_DELIVERIES));
        Collection<AlterConfigOp> changes = wanted.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = Admin.create(kafka)) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), changes))
                    .all()
                    .get(ADMIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while configuring the share group", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot configure the share group " + group + ": " + cause(e), e);
        }
    }

    private static Throwable cause(Exception failure) {
        return failure.getCause() == null ? failure : failure.getCause();
    }

    /**
     * A member of the share group.
     *
     * @param requests most a poll returns
     * @param exactly whether never more, which a scorer that takes long needs; else the broker hands out whole batches
     */
    ShareConsumer<byte[], byte[]> shareConsumer(int requests, boolean exactly) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("group.id", group);
        settings.put("share.acknowledgement.mode", "explicit");
        settings.put("max.poll.records", Integer.toString(requests));
        if (exactly) {
            settings.put("share.acquire.mode", "record_limit");
        }
        return new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A reader of score requests beside those that answer them.
     *
     * @param purpose names the group
     */
    Consumer<byte[], byte[]> follower(String purpose) {
        return member(group + "-" + purpose, REQUESTS_FOLLOWED);
    }

    /**
     * A member of a consumer group that begins with the first record.
     *
     * @param records most a poll returns
     */
    Consumer<byte[], byte[]> member(String ofGroup, int records) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("group.id", ofGroup);
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.records", Integer.toString(records));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("linger.ms", "5");
        settings.put("batch.size", "131072");
        settings.put("compression.type", "lz4");
        settings.put("max.request.size", "4194304");
        settings.put("delivery.timeout.ms", "25000");
        settings.put("request.timeout.ms", "10000");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
