package coldstream.system;

import coldstream.embedded.Ports;
import coldstream.service.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Every service as a process of its own, with the variables docker-compose.yml gives it but for where things are. */
final class RunningSystem implements AutoCloseable {

    /** The services, in the order they start. */
    static final List<String> ORDER =
            List.of("model-registry", "ingest", "scorer-worker", "online-trainer", "serving", "console");

    /** How long a process that is told to stop goes on answering: long enough to ask all of them. */
    static final Duration DRAIN = Duration.ofSeconds(8);

    private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();

    private RunningSystem() {}

    static RunningSystem start(Path folder, String bootstrapServers, String redis) throws IOException {
        ComposeFile compose = ComposeFile.read();
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String name : ORDER) {
            ports.put(name, Ports.free());
        }
        RunningSystem system = new RunningSystem();
        for (String name : ORDER) {
            Map<String, String> environment = compose.environment(name);
            environment.replaceAll((variable, value) -> switch (variable) {
                case "COLDSTREAM_KAFKA_BOOTSTRAP_SERVERS" -> bootstrapServers;
                case "COLDSTREAM_REDIS_URL" -> redis;
                case "COLDSTREAM_REGISTRY_URL" -> "http://127.0.0.1:" + ports.getOrDefault("model-registry", 0);
                case "COLDSTREAM_CONSOLE_TRAINER_URL" -> "http://127.0.0.1:" + ports.getOrDefault("online-trainer", 0);
                case "COLDSTREAM_CONSOLE_SERVING_URLS" -> "http://127.0.0.1:" + ports.getOrDefault("serving", 0);
                case "COLDSTREAM_CONSOLE_INGEST_URLS" -> "http://127.0.0.1:" + ports.getOrDefault("ingest", 0);
                case "COLDSTREAM_CONSOLE_SCORER_URLS" -> "http://127.0.0.1:" + ports.getOrDefault("scorer-worker", 0);
                case "COLDSTREAM_REGISTRY_JDBC_URL",
                        "COLDSTREAM_REGISTRY_JDBC_USER",
                        "COLDSTREAM_REGISTRY_JDBC_PASSWORD" -> ""; // no PostgreSQL here: a file instead
                default ->
                    value.equals(publishedPort(compose, name)) ? Integer.toString(ports.getOrDefault(name, 0)) : value;
            });
            environment.put(
                    "COLDSTREAM_DATA_DIRECTORY",
                    folder.resolve("data").resolve(name).toString());
            environment.put("COLDSTREAM_BIND_ADDRESS", "127.0.0.1");
            environment.put("COLDSTREAM_DRAIN", Durations.format(DRAIN));
            if (name.equals("model-registry")) {
                environment.put("COLDSTREAM_REGISTRY_EVIDENCE_WAIT", "1s"); // these streams soon end
            }
            if (name.equals("online-trainer")) {
                environment.put("COLDSTREAM_TRAINER_SNAPSHOT_INTERVAL", "2s");
            }
            system.processes.put(name, ServiceProcess.start(name, ports.getOrDefault(name, 0), folder, environment));
        }
        return system;
    }

    ServiceProcess process(String name) {
        return Objects.requireNonNull(processes.get(name));
    }

    /** Kill -9, then the same command with the same variables. */
    void killAndStart(String name) throws InterruptedException {
        processes.put(name, process(name).killAndStart());
    }

    @Override
    public void close() {
        processes.values().forEach(ServiceProcess::close);
    }

    private static String publishedPort(ComposeFile compose, String name) {
        String published = compose.list(name, "ports").get(0);
        return published.substring(published.lastIndexOf(':') + 1);
    }
}
