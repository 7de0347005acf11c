package coldstream.app;

import coldstream.app.dataset.DataSet;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.wire.EventWriter;
import coldstream.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Produces a data set's items and events to Kafka, in order and each acknowledged.
 *
 * <p>Not thread-safe.
 */
public final class Replay implements AutoCloseable {

    /** Told after every event; may wait, and so hold the replay back. */
    @FunctionalInterface
    public interface Progress {

        /** @param events sent so far */
        void sent(long events) throws InterruptedException;
    }

    private final Topics topics;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** @param client configuration of the Kafka client */
    public Replay(Topics topics, Map<String, Object> client) {
        this.topics = topics;
        Map<String, Object> configuration = new HashMap<>(client);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        this.producer = new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends the catalogue; returns how many items once Kafka has them all. */
    public long items(DataSet data) throws InterruptedException {
        try (Stream<Item> items = data.items()) {
            for (Iterator<Item> each = items.iterator(); each.hasNext(); ) {
                Item item = each.next();
                send(new ProducerRecord<>(topics.items(), item.item().value(), EventWriter.write(item)));
            }
        }
        return settle();
    }

    /**
     * Sends the next events; returns how many once Kafka has them all.
     *
     * @param most events to send
     * @param rate events per second, infinite for as fast as Kafka takes them
     * @param progress told how many of them were sent
     */
    public long events(Iterator<Interaction> rows, Labels labels, long most, double rate, Progress progress)
            throws InterruptedException {
        long start = System.nanoTime();
        for (long sent = 0; sent < most && rows.hasNext(); sent++) {
            pace(start, sent, rate);
            Interaction event = labels.apply(rows.next());
            send(new ProducerRecord<>(topics.interactions(), event.user().value(), EventWriter.write(event)));
            progress.sent(sent + 1);
        }
        return settle();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
    private void send(ProducerRecord<String, byte[]> event) throws InterruptedException {
        try {
            producer.send(event, (where, e) -> {
                if (e == null) {
                    acknowledged.incrementAndGet();
                } else {
                    failure.compareAndSet(null, e);
                }
            });
        } catch (InterruptException e) {
            throw interrupted(e);
        }
        check();
    }

    private long settle() throws InterruptedException {
        try {
            producer.flush();
        } catch (InterruptException e) {
            throw interrupted(e);
        }
        check();
        return acknowledged.getAndSet(0);
    }

    private void check() {
        Exception e = failure.get();
        if (e != null) {
            throw new IllegalStateException("cannot send to Kafka: " + e.getMessage(), e);
        }
    }

    private static void pace(long start, long sent, double rate) throws InterruptedException {
        if (rate == Double.POSITIVE_INFINITY) {
            return;
        }
        long due = start + (long) (sent / rate * TimeUnit.SECONDS.toNanos(1));
        long early = due - System.nanoTime();
        if (early > TimeUnit.MILLISECONDS.toNanos(1)) {
            TimeUnit.NANOSECONDS.sleep(early);
        }
    }

    private static InterruptedException interrupted(InterruptException e) {
        InterruptedException interrupted = new InterruptedException("interrupted while sending");
        interrupted.initCause(e);
        return interrupted;
    }
}
