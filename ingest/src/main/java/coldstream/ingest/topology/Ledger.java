package coldstream.ingest.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The count of every decision of one step, kept in a state store: it moves in the same transaction as the records, so a
 * crash or a restart neither loses nor repeats a count.
 */
final class Ledger {

    private final KeyValueStore<String, Long> store;
    private final Map<String, Long> counts = new HashMap<>();

    Ledger(KeyValueStore<String, Long> store) {
        this.store = store;
        try (var all = store.all()) {
            all.forEachRemaining(entry -> counts.put(entry.key, entry.value));
        }
    }

    void add(String entry) {
        store.put(entry, counts.merge(entry, 1L, Long::sum));
    }
}
