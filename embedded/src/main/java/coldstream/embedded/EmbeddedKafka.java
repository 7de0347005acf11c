package coldstream.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in this JVM on the loopback address: one KRaft node with transactions and share groups.
 *
 * <p>Its log is its own: {@link #restart()} finds everything that was written.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int ATTEMPTS = 5;

    private final EmbeddedKafkaOptions options;
    private final Path folder;
    private int port;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(EmbeddedKafkaOptions options, Path folder) {
        this.options = options;
        this.folder = folder;
        this.port = options.port();
    }

    /**
     * Returns once the broker serves.
     *
     * @throws UncheckedIOException in one line, if the port is taken
     */
    public static EmbeddedKafka start(EmbeddedKafkaOptions options) {
        if (options.port() != 0) {
            Ports.claim("Kafka", options.port());
        }
        Path folder = options.dataDirectory().orElseGet(() -> Folders.temporary("coldstream-kafka"));
        EmbeddedKafka kafka = new EmbeddedKafka(options, folder);
        boolean started = false;
        try {
            kafka.format();
            kafka.startServer();
            started = true;
        } finally {
            if (!started) {
                kafka.close();
            }
        }
        return kafka;
    }

    /** Where clients reach it. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Creates topics and waits until they exist. */
    public void createTopics(NewTopic... topics) {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(Arrays.asList(topics)).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create topics: " + e.getCause(), e);
        }
    }

    /** Stops the broker and starts it again on the same port with the same data; clients see a broken connection. */
    public synchronized void restart() {
        stop();
        startServer();
    }

    /** Stops the broker, its data left in place, until {@link #restart()}. */
    public synchronized void stop() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    @Override
    public synchronized void close() {
        stop();
        if (options.dataDirectory().isEmpty()) {
            Folders.delete(folder);
        }
    }

    /** Between finding a free port and using it another process may take it, so that is tried again. */
    private synchronized void startServer() {
        Exception last = new IllegalStateException("the broker was never started");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int listen = port == 0 ? Ports.free() : port;
            KafkaRaftServer candidate = new KafkaRaftServer(
                    new KafkaConfig(BrokerConfiguration.of(
                            listen, Ports.claim("Kafka's controller", 0), folder, options.overrides())),
                    Time.SYSTEM);
            try {
                candidate.startup();
                server = candidate;
                port = listen;
                return;
            } catch (Exception e) { // Scala throws checked ones without a word
                last = e;
                boolean interrupted = Thread.interrupted() || e instanceof InterruptedException;
                candidate.shutdown();
                candidate.awaitShutdown();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
        }
        throw new IllegalStateException("cannot start Kafka: " + last.getMessage(), last);
    }

    private void format() {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(BrokerConfiguration.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName(BrokerConfiguration.CONTROLLER_LISTENER)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new UncheckedIOException(new IOException("cannot prepare " + folder + " for Kafka: " + e, e));
        }
    }
}
