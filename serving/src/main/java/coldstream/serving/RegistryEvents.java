package coldstream.serving;

import coldstream.wire.Json;
import coldstream.wire.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what happened to the model in the registry; without Kafka it is silent, and polling does the work. It begins with the
 * last events there are.
 */
final class RegistryEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryEvents.class);
    /** Events of all models that are read at the start. */
    private static final long LOOKED_AT = 10_000;

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    private final Map<String, Object> kafka;
    private final TopicPartition events;
    private final String model;
    private final PromotionGate gate;
    private final Runnable happened;
    private final Thread thread = new Thread(this::listen, "registry-events");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<String, byte[]> listening;

    RegistryEvents(Map<String, Object> kafka, Topics topics, String model, PromotionGate gate, Runnable happened) {
        this.kafka = new HashMap<>(kafka);
        this.events = new TopicPartition(topics.registryEvents(), 0);
        this.model = model;
        this.gate = gate;
        this.happened = happened;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        KafkaConsumer<String, byte[]> consumer = listening;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try {
            while (closed.getCount() > 0) {
                try {
                    consume();
                } catch (WakeupException e) {
                    LOG.atDebug().log("closed"); // nobody else wakes it
                } catch (KafkaException e) {
                    LOG.atDebug()
                            .addKeyValue("why", String.valueOf(e.getMessage()))
                            .log("kafka is away, polling goes on");
                    if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void consume() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"); // where what it was to read next is gone
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "coldstream-serving-" + model);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            listening = consumer;
            consumer.assign(List.of(events));
            long end = goBack(consumer);
            while (closed.getCount() > 0) {
                boolean ours = false;
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    if (model.equals(record.key()) && record.value() != null) {
                        ours = true;
                        take(record);
                    }
                }
                if (consumer.position(events) >= end) {
                    gate.caughtUp();
                }
                if (ours) {
                    happened.run();
                }
            }
        } finally {
            listening = null;
        }
    }

    /** Goes to the last events there are, of which the newest on the model decide, and answers where they end. */
    private long goBack(KafkaConsumer<String, byte[]> consumer) {
        long begin = consumer.beginningOffsets(List.of(events)).getOrDefault(events, 0L);
        long end = consumer.endOffsets(List.of(events)).getOrDefault(events, 0L);
        consumer.seek(events, Math.max(begin, end - LOOKED_AT));
        return end;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            gate.take(Json.read(record.value(), JsonNode.class));
        } catch (SerializationException e) {
            LOG.atWarn()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("why", String.valueOf(e.getMessage()))
                    .log("an event of the registry cannot be read");
        }
    }
}
