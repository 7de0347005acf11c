package coldstream.trainer.delta;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Epochs in a topic of one partition, a transaction each: a trainer killed between two records leaves nothing that a reader of
 * committed records sees, and an earlier trainer of the model is fenced when this one appends.
 */
public final class KafkaDeltaLog implements DeltaLog {

    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int BATCH_BYTES = 256 * 1024;

    private final Map<String, Object> config;
    private final String topic;
    private @Nullable Producer<byte[], byte[]> producer;

    /** @param client what every Kafka client starts from */
    public KafkaDeltaLog(Map<String, Object> client, Topics topics, String model) {
        topic = topics.deltas(model);
        config = new HashMap<>(client);
        String id = topics.namespace() + "-trainer-" + model + "-deltas";
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSetup.MAX_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, id);
    }

    @Override
    public void append(Consumer<Writer> epoch) {
        try {
            Producer<byte[], byte[]> current = open();
            current.beginTransaction();
            epoch.accept((key, value) -> {
                var unused = current.send(new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value));
            });
            current.commitTransaction(); // waits for all that was sent, and throws what any of it threw
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private synchronized Producer<byte[], byte[]> open() {
        Producer<byte[], byte[]> current = producer;
        if (current == null) {
            current = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
            producer = current;
            current.initTransactions(); // ends what an earlier trainer left open, and fences it
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
