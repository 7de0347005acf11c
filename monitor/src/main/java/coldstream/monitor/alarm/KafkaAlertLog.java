package coldstream.monitor.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.DriftAlert;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alerts in their topic. */
public final class KafkaAlertLog implements AlertLog {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAlertLog.class);
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final int PATIENCE_MILLIS = 10_000;

    private final Map<String, Object> client;
    private final String topic;
    private final String clientId;
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param client what every Kafka client starts from
     * @param who writes, for the client's id
     */
    public KafkaAlertLog(Map<String, Object> client, Topics topics, String who) {
        this.client = Map.copyOf(client);
        this.topic = topics.driftAlerts();
        this.clientId = topics.namespace() + "-" + who + "-alerts";
    }

    @Override
    public List<DriftAlert> read() {
        Map<String, DriftAlert> newest = new LinkedHashMap<>();
        var config = new HashMap<>(client);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-reading");
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (behind(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                    note(record, newest);
                }
            }
        }
        return List.copyOf(newest.values());
    }

    private static boolean behind(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Collection<Map.Entry<TopicPartition, Long>> all = ends.entrySet();
        return all.stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private static void note(ConsumerRecord<byte[], byte[]> record, Map<String, DriftAlert> newest) {
        try {
            DriftAlert alert = Json.read(record.value(), DriftAlert.class);
            newest.put(alert.alertId(), alert);
        } catch (SerializationException | NullPointerException e) {
            LOG.atWarn()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("why", e.toString())
                    .log("an alert that cannot be read is left out");
        }
    }

    @Override
    public synchronized void append(DriftAlert alert) {
        Producer<byte[], byte[]> current = open();
        try {
            current.send(new ProducerRecord<>(topic, alert.key().getBytes(UTF_8), Json.write(alert)))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("an alert was not taken: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Producer<byte[], byte[]> open() {
        Producer<byte[], byte[]> current = producer;
        if (current == null) {
            var config = new HashMap<>(client);
            config.put(ProducerConfig.ACKS_CONFIG, "all");
            config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSetup.MAX_BYTES);
            config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
            config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
            config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
            config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
            current = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
            producer = current;
        }
        return current;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE);
            producer = null;
        }
    }
}
