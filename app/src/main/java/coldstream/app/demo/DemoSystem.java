package coldstream.app.demo;

import coldstream.app.Services;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.embedded.EmbeddedRedis;
import coldstream.ingest.IngestService;
import coldstream.ingest.topology.Account;
import coldstream.service.RunningService;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.serving.EpochListener;
import coldstream.serving.Reached;
import coldstream.serving.ServingService;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every part of the system in this process, on a Kafka and a Redis of its own, in a folder that goes when it closes. */
final class DemoSystem implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoSystem.class);
    private static final Duration TOPICS_LIMIT = Duration.ofSeconds(30);
    private static final int STOP_SECONDS = 6;

    /** The registry first, since others call it; then the flow. */
    private static final List<String> ORDER =
            List.of("model-registry", "ingest", "scorer-worker", "online-trainer", "serving", "console");

    private final DemoPorts ports;
    private final Path folder;
    private final Settings settings;
    private final MeterRegistry meters;
    private final Map<String, RunningService> services = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Deque<AutoCloseable> foundations = new ArrayDeque<>();

    private DemoSystem(DemoPorts ports, Path folder, Settings settings, MeterRegistry meters) {
        this.ports = ports;
        this.folder = folder;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * Starts all parts; they may not be ready yet.
     *
     * @throws UncheckedIOException in one line, if a port is taken
     */
    static DemoSystem start(Settings given, DemoPorts ports, MeterRegistry meters) throws InterruptedException {
        Path folder = DemoFolder.create();
        Settings settings = given.with(ports.settings())
                .with(Map.of(
                        SharedSettings.DATA_DIRECTORY.key(),
                        folder.resolve("services").toString()));
        DemoSystem system = new DemoSystem(ports, folder, settings, meters);
        boolean started = false;
        try (Steps steps = new Steps()) {
            system.startFoundations(steps);
            system.startServices(steps);
            started = true;
            return system;
        } finally {
            if (!started) {
                system.close();
            }
        }
    }

    DemoPorts ports() {
        return ports;
    }

    Settings settings() {
        return settings;
    }

    Topics topics() {
        return new Topics(settings.get(SharedSettings.NAMESPACE));
    }

    /** Where ingest says every record went; nothing counted while it cannot say. */
    Account account() {
        return services.get("ingest") instanceof IngestService ingest
                ? ingest.ledger().orElse(Account.of(Map.of()))
                : Account.of(Map.of());
    }

    /** Tells the listener whenever serving answers with another state of the model. */
    void onEpoch(EpochListener listener) {
        if (services.get("serving") instanceof ServingService serving) {
            serving.onEpoch(listener);
        }
    }

    /** Samples that what answers has learnt from. */
    long servedSamples() {
        return services.get("serving") instanceof ServingService serving
                ? serving.currentReached().map(Reached::samples).orElse(0L)
                : 0;
    }

    /** Which language model answers, as it is set. */
    String scorer() {
        return settings.declared().stream()
                .filter(setting -> setting.key().equals("scorer.provider"))
                .map(settings::shown)
                .findFirst()
                .orElse("encoder");
    }

    /** The first of the named parts that does not do its whole work now. */
    Optional<String> notReady(List<String> names) {
        return names.stream()
                .filter(name ->
                        services.containsKey(name) && !services.get(name).ready())
                .findFirst();
    }

    /** Stops the services together, then what they stand on. */
    @Override
    public void close() {
        List<RunningService> users = services.entrySet().stream()
                .filter(service -> !service.getKey().equals("model-registry"))
                .map(Map.Entry::getValue)
                .toList();
        closeTogether(users);
        RunningService registry = services.get("model-registry");
        if (registry != null) {
            closeTogether(List.of(registry));
        }
        closeTogether(List.copyOf(foundations));
        DemoFolder.delete(folder);
    }

    private void startFoundations(Steps steps) throws InterruptedException {
        steps.run(() -> foundations.push(EmbeddedRedis.start(ports.redis())));
        steps.run(() -> foundations.push(EmbeddedKafka.start(
                new EmbeddedKafkaOptions(ports.kafka(), Optional.of(folder.resolve("kafka")), Map.of()))));
        TopicSetup setup = new TopicSetup(
                topics(),
                settings.get(SharedSettings.MODEL_NAME),
                settings.get(SharedSettings.TOPIC_PARTITIONS),
                settings.get(SharedSettings.TOPIC_REPLICATION));
        steps.run(() -> setup.ensure(settings.kafkaClient(), TOPICS_LIMIT));
    }

    private void startServices(Steps steps) throws InterruptedException {
        for (String name : ORDER) {
            for (Services.Service service : Services.ALL) {
                if (service.name().equals(name)) {
                    steps.run(() -> {
                        RunningService running = service.create().apply(settings, meters);
                        services.put(name, running);
                        running.start();
                    });
                }
            }
        }
    }

    private static void closeTogether(List<? extends AutoCloseable> parts) {
        ExecutorService closers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "demo-close");
            thread.setDaemon(true);
            return thread;
        });
        parts.forEach(part -> closers.execute(() -> closeOne(part)));
        closers.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            if (!closers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.atWarn().log("a part did not stop in time");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeOne(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.atWarn()
                    .addKeyValue("part", part.getClass().getSimpleName())
                    .setCause(e)
                    .log("a part did not stop well");
        }
    }
}
