package coldstream.ingest;

import coldstream.ingest.topology.BoundedRocks;
import coldstream.ingest.topology.LeaveOut;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams is told. */
final class StreamsSettings {

    private static final int COMMIT_MILLIS = 100;
    private static final int SESSION_MILLIS = 10_000;
    private static final int HEARTBEAT_MILLIS = 2_000;
    private static final long CACHE_BYTES = 32L << 20;

    private StreamsSettings() {}

    static Properties of(IngestConfig config) {
        Topics topics = config.topology().topics();
        Properties settings = new Properties();
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.topics().replication());
        // A killed process is missed after this long; its partitions wait meanwhile.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MILLIS);
        settings.putAll(config.kafka());

        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.namespace() + "-ingest");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.folder().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocks.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LeaveOut.class);
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, LeaveOut.class);
        settings.put(LeaveOut.TOPIC_CONFIG, Topics.deadLetter(topics.interactions()));
        // Whatever fits the topics that are fed from outside must fit everywhere it goes from there.
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), TopicSetup.DEAD_LETTER_MAX_BYTES);
        settings.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(TopicSetup.DEAD_LETTER_MAX_BYTES));
        return settings;
    }
}
