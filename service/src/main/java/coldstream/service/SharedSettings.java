package coldstream.service;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings that more than one process reads. */
public final class SharedSettings {

    public static final Setting<String> KAFKA_BOOTSTRAP_SERVERS = Setting.ofString(
            "kafka.bootstrap-servers", "localhost:9092", "brokers to reach Kafka by, host:port separated by commas");

    public static final Setting<String> NAMESPACE =
            Setting.ofString("namespace", "coldstream", "first part of every topic name");

    public static final Setting<URI> REDIS_URL = Setting.ofUri("redis.url", "redis://localhost:6379", "where Redis is");

    public static final Setting<URI> REGISTRY_URL =
            Setting.ofUri("registry.url", "http://localhost:5000", "where the model registry is");

    public static final Setting<Optional<Secret>> REGISTRY_TOKEN = Setting.ofSecret(
            "registry.token", "bearer token the registry asks for and its clients send; empty for none");

    public static final Setting<String> MODEL_NAME =
            Setting.ofString("model.name", "ctr", "name of the model that is trained, registered and served");

    public static final Setting<String> BIND_ADDRESS =
            Setting.ofString("bind-address", "127.0.0.1", "address the HTTP servers listen on; 0.0.0.0 for all");

    public static final Setting<String> DATA_DIRECTORY = Setting.ofString(
            "data-directory", "data", "folder for what a process keeps on disk, each in its own sub-folder");

    public static final Setting<Duration> DRAIN = Setting.ofDuration(
            "drain",
            Duration.ZERO,
            "how long a process that is told to stop goes on answering, not ready any more, before it stops");

    public static final Setting<Integer> TOPIC_PARTITIONS =
            Setting.ofInt("topics.partitions", 4, "partitions", "partitions of a topic when it is created");

    public static final Setting<Integer> TOPIC_REPLICATION =
            Setting.ofInt("topics.replication", 1, "replicas", "copies of a topic when it is created");

    public static final Setting<Integer> INGEST_PORT =
            Setting.ofInt("ingest.port", 8080, "port", "port of the ingest gateway; 0 for any free one");

    public static final Setting<Integer> SERVING_PORT =
            Setting.ofInt("serving.port", 8081, "port", "port of serving; 0 for any free one");

    public static final Setting<Integer> REGISTRY_PORT =
            Setting.ofInt("registry.port", 5000, "port", "port of the model registry; 0 for any free one");

    public static final Setting<Integer> TRAINER_PORT =
            Setting.ofInt("trainer.port", 8083, "port", "port of the trainer's health and metrics; 0 for any free one");

    public static final Setting<Integer> SCORER_PORT = Setting.ofInt(
            "scorer.port", 8084, "port", "port of the scorer worker's health and metrics; 0 for any free one");

    public static final Setting<Integer> CONSOLE_PORT =
            Setting.ofInt("console.port", 8082, "port", "port of the console; 0 for any free one");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(
            KAFKA_BOOTSTRAP_SERVERS,
            NAMESPACE,
            REDIS_URL,
            REGISTRY_URL,
            REGISTRY_TOKEN,
            MODEL_NAME,
            BIND_ADDRESS,
            DATA_DIRECTORY,
            DRAIN,
            TOPIC_PARTITIONS,
            TOPIC_REPLICATION,
            INGEST_PORT,
            SERVING_PORT,
            REGISTRY_PORT,
            TRAINER_PORT,
            SCORER_PORT,
            CONSOLE_PORT);

    private SharedSettings() {}
}
