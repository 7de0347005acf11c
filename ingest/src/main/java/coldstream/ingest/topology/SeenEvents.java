package coldstream.ingest.topology;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The ids of events that have arrived, in generations one dedupe window long: an id is looked up in this generation and the
 * one before, so it is remembered for one to two windows at the cost of two point reads.
 *
 * <p>Generations follow the time of arrival. What is sent twice arrives twice within hours whatever its event time, and old
 * data replayed is deduplicated like new.
 */
final class SeenEvents {

    static final String STORE = "seen-events";

    private static final byte[] SEEN = {1};

    private final WindowStore<String, byte[]> store;
    private final long generationMillis;
    private boolean opened;

    SeenEvents(WindowStore<String, byte[]> store, Duration window) {
        this.store = store;
        this.generationMillis = window.toMillis();
    }

    static StoreBuilder<WindowStore<String, byte[]>> store(Duration window) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(STORE, window.multipliedBy(2), window, false),
                Serdes.String(),
                Serdes.ByteArray());
    }

    /**
     * Writes something old, once. A windowed store without any window has no place for its changelog offset: after a
     * restart Kafka Streams would take it for damaged and rebuild it.
     */
    void open() {
        if (opened) {
            return;
        }
        try (var all = store.all()) {
            if (!all.hasNext()) {
                store.put("", SEEN, 0);
            }
        }
        opened = true;
    }

    /** Remembers an event; false if it was remembered already. */
    boolean add(String source, String eventId, long arrivedMillis) {
        String key = source + '\u0000' + eventId;
        long generation = Math.floorDiv(arrivedMillis, generationMillis) * generationMillis;
        if (store.fetch(key, generation) != null || store.fetch(key, generation - generationMillis) != null) {
            return false;
        }
        store.put(key, SEEN, generation);
        return true;
    }
}
