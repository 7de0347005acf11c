package coldstream.trainer.in;

import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Steps whose inputs and journal are Kafka topics. */
public final class KafkaSteps {

    private static final int METADATA_AGE_MILLIS = 10_000;
    private static final int API_TIMEOUT_MILLIS = 15_000;
    private static final int MAX_POLL = 1_000;
    private static final String INPUTS = "inputs";

    /** Of who reads up to an end: a fetch that waits behind it holds up the next question, and the close. */
    private static final int SHORT_FETCH_MILLIS = 20;

    private static final Duration WAIT = Duration.ofMillis(100);

    private final Map<String, Object> client;
    private final Topics topics;
    private final String model;

    /**
     * @param client what every Kafka client starts from
     * @param model name of the model
     */
    public KafkaSteps(Map<String, Object> client, Topics topics, String model) {
        this.client = Map.copyOf(client);
        this.topics = topics;
        this.model = model;
    }

    /** Whether the model's journal has a record. */
    public boolean begun() {
        var journal = new TopicPartition(topics.steps(model), 0);
        try (Consumer<byte[], byte[]> consumer = consumer("begun")) {
            consumer.assign(List.of(journal));
            return Objects.requireNonNull(consumer.endOffsets(List.of(journal)).get(journal)) > 0;
        }
    }

    /** Steps that are not open yet. */
    public Steps steps(StepRules rules) {
        return new Steps(inputs(INPUTS), journal(), rules, System::nanoTime, new Again());
    }

    private Inputs inputs(String use) {
        return new KafkaInputs(consumer(use), topics, System::nanoTime);
    }

    private final class Again implements Rereading {

        @Override
        public Inputs inputs() {
            return KafkaSteps.this.inputs(INPUTS + "-again");
        }

        @Override
        public ConsumerRecord<byte[], byte[]> record(Origin origin) {
            try (Consumer<byte[], byte[]> consumer = consumer("record")) {
                consumer.assign(List.of(origin.partition()));
                consumer.seek(origin.partition(), origin.offset());
                long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(API_TIMEOUT_MILLIS);
                while (System.nanoTime() < deadline) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                        if (record.offset() == origin.offset()) {
                            return record;
                        }
                    }
                }
            }
            throw new IllegalStateException("a record that was read must still be there, got no " + origin);
        }
    }

    Journal journal() {
        return new KafkaJournal(
                topics.steps(model), this::producer, () -> consumer("journal"), () -> Admin.create(client));
    }

    Consumer<byte[], byte[]> consumer(String use) {
        var config = new HashMap<>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        config.putIfAbsent(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MILLIS);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId(use));
        if (!use.startsWith(INPUTS)) {
            config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SHORT_FETCH_MILLIS);
        }
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Producer<byte[], byte[]> producer() {
        var config = new HashMap<>(client);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.namespace() + "-trainer-" + model);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSetup.DEAD_LETTER_MAX_BYTES);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId("steps"));
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private String clientId(String use) {
        return topics.namespace() + "-trainer-" + model + "-" + use;
    }
}
