package coldstream.ingest;

import coldstream.domain.StoreUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the latest value of every key to a store in the background; a newer value replaces one that still waits.
 *
 * <p>Never keeps its caller waiting. While the store is away the latest values are kept up to a bound; beyond it values of
 * further keys are counted and left out, and come back with their next change.
 */
final class Mirror<K, V> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    private static final int BATCH = 500;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final int capacity;
    private final Consumer<Map<K, V>> store;
    private final Counter dropped;
    private final Thread thread;
    private final Map<K, V> waiting = new LinkedHashMap<>(); // guarded by itself
    private Map<K, V> underWay = Map.of(); // guarded by waiting
    private boolean closing; // guarded by waiting

    /** @param name of what is mirrored, such as {@code users} */
    Mirror(String name, int capacity, Consumer<Map<K, V>> store, MeterRegistry meters) {
        this.capacity = capacity;
        this.store = store;
        this.dropped = Counter.builder("coldstream.mirror.dropped")
                .description("Values that found no room while the store was away")
                .tag("mirror", name)
                .register(meters);
        this.thread = new Thread(this::run, "mirror-" + name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void put(K key, V value) {
        synchronized (waiting) {
            boolean known = waiting.containsKey(key) || underWay.containsKey(key);
            if (known || waiting.size() + underWay.size() < capacity) {
                waiting.put(key, value);
                waiting.notifyAll();
                return;
            }
        }
        dropped.increment();
    }

    /** Values that have not reached the store yet. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void run() {
        boolean away = false;
        try {
            while (awaitWork()) {
                Map<K, V> batch = take();
                try {
                    store.accept(batch);
                    arrived();
                    away = false;
                } catch (StoreUnavailableException e) {
                    giveBack(batch);
                    if (!away) {
                        LOG.atWarn()
                                .addKeyValue("mirror", thread.getName())
                                .addKeyValue("why", e.getMessage())
                                .log("store away, keeping the latest values");
                    }
                    away = true;
                    if (isClosing()) {
                        return;
                    }
                }
                TimeUnit.NANOSECONDS.sleep((away ? RETRY : PAUSE).toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is something to do; false once closing and done. */
    private boolean awaitWork() throws InterruptedException {
        synchronized (waiting) {
            while (waiting.isEmpty() && !closing) {
                waiting.wait();
            }
            return !waiting.isEmpty();
        }
    }

    private boolean isClosing() {
        synchronized (waiting) {
            return closing;
        }
    }

    private Map<K, V> take() {
        Map<K, V> batch = new LinkedHashMap<>();
        synchronized (waiting) {
            for (Iterator<Map.Entry<K, V>> oldest = waiting.entrySet().iterator();
                    oldest.hasNext() && batch.size() < BATCH; ) {
                Map.Entry<K, V> entry = oldest.next();
                batch.put(entry.getKey(), entry.getValue());
                oldest.remove();
            }
            underWay = batch;
        }
        return batch;
    }

    private void arrived() {
        synchronized (waiting) {
            underWay = Map.of();
        }
    }

    private void giveBack(Map<K, V> batch) {
        synchronized (waiting) {
            underWay = Map.of();
            batch.forEach(waiting::putIfAbsent);
        }
    }

    /** Writes what is left, for a bounded time. */
    @Override
    public void close() {
        synchronized (waiting) {
            closing = true;
            waiting.notifyAll();
        }
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
