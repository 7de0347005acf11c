package coldstream.registry.events;

import coldstream.registry.store.Audit;
import coldstream.registry.store.Audit.Entry;
import coldstream.registry.store.Store;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the audit's events to Kafka, in order and at least once; while Kafka is away they wait in the database.
 *
 * <p>An event is a CloudEvent in binary mode whose id is its number in the audit, so a repeated one can be told.
 */
public final class EventPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Store store;
    private final Map<String, Object> kafka;
    private final TopicSetup topics;
    private final Semaphore work = new Semaphore(1);
    private final Thread thread = new Thread(this::run, "registry-events");
    private volatile boolean closed;
    private @Nullable Producer<String, byte[]> producer;
    private boolean away;

    public EventPublisher(Store store, Map<String, Object> kafka, TopicSetup topics) {
        this.store = store;
        this.kafka = kafka;
        this.topics = topics;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** There may be something to send. */
    public void wake() {
        work.release();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            sendUntilClosed();
        } catch (InterruptedException e) {
            LOG.atDebug().log("closed while waiting"); // only close interrupts
        } finally {
            drop();
        }
    }

    private void sendUntilClosed() throws InterruptedException {
        while (!closed) {
            try {
                boolean signalled = work.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                work.drainPermits();
                if (signalled || away || producer == null) {
                    sendAll();
                }
                back();
            } catch (JdbiException e) {
                LOG.atWarn().addKeyValue("why", String.valueOf(e.getMessage())).log("events could not be read");
            } catch (KafkaException | IllegalStateException | ExecutionException | TimeoutException e) {
                lost(e);
            }
        }
    }

    private void sendAll() throws InterruptedException, ExecutionException, TimeoutException {
        List<Entry> unsent = store.read(handle -> Audit.unsent(handle, BATCH));
        while (!unsent.isEmpty() && !closed) {
            for (Entry entry : unsent) {
                producer().send(record(entry)).get(10, TimeUnit.SECONDS);
                store.change(handle -> Audit.sent(handle, entry.id()));
            }
            unsent = store.read(handle -> Audit.unsent(handle, BATCH));
        }
    }

    private ProducerRecord<String, byte[]> record(Entry entry) {
        var record = new ProducerRecord<>(
                topics.topics().registryEvents(), entry.event().model(), Json.write(entry.event()));
        String kind = entry.event().kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        Map<String, String> headers = Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                Long.toString(entry.id()),
                "ce_source",
                "/coldstream/model-registry",
                "ce_type",
                "coldstream.registry." + kind + ".v1",
                "ce_time",
                entry.event().at().toString(),
                "content-type",
                "application/json");
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private Producer<String, byte[]> producer() {
        if (producer == null) {
            topics.ensure(kafka, PATIENCE);
            Map<String, Object> config = new HashMap<>(kafka);
            config.put(ProducerConfig.ACKS_CONFIG, "all");
            config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
            config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
            config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
            config.put(ProducerConfig.CLIENT_ID_CONFIG, "coldstream-model-registry");
            producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private void lost(Exception e) {
        if (!away) {
            LOG.atWarn().addKeyValue("why", String.valueOf(e.getMessage())).log("kafka is away, events wait");
        }
        away = true;
        drop();
    }

    private void drop() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private void back() {
        if (away) {
            LOG.atInfo().log("kafka is back, events are sent");
        }
        away = false;
    }
}
