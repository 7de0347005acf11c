package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.ItemId;
import coldstream.ingest.topology.Step.Arrived;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Events whose item nobody has announced yet, for a short while: items come by another topic, so an item may be overtaken by
 * its first events. Bounded; what has no place must be decided at once.
 */
final class WaitingEvents {

    static final String STORE = "waiting-events";

    /** Most events that wait in one partition. */
    static final int MAX_WAITING = 50_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private int waiting;
    private long sequence;

    WaitingEvents(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (var all = store.all()) {
            all.forEachRemaining(entry -> {
                waiting++;
                sequence = Math.max(sequence, sequence(entry.key));
            });
        }
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /** Keeps an event until its item is announced or its time is over; false if there is no room. */
    boolean add(Record<byte[], Arrived> record, long nowMillis) {
        if (waiting >= MAX_WAITING) {
            return false;
        }
        StateWriter out = new StateWriter(1).number(nowMillis).number(record.timestamp());
        record.value().event().write(out);
        record.value().origin().write(out);
        out.number(record.headers().toArray().length);
        record.headers().forEach(header -> out.text(header.key()).blob(header.value()));
        store.put(key(record.value().event().item(), ++sequence), out.toBytes());
        waiting++;
        return true;
    }

    /** Takes out the events of an item, in the order they came. */
    List<Record<byte[], Arrived>> takeOf(ItemId item) {
        return waiting == 0
                ? List.of()
                : take(store.prefixScan(prefix(item), new BytesSerializer()), Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Takes out the events that have waited since before {@code sinceMillis} and were ingested before a time. */
    List<Record<byte[], Arrived>> takeOlderThan(long sinceMillis, long ingestedBefore) {
        return waiting == 0 ? List.of() : take(store.all(), sinceMillis, ingestedBefore);
    }

    private List<Record<byte[], Arrived>> take(
            KeyValueIterator<Bytes, byte[]> entries, long waitingSince, long ingestedBefore) {
        List<Bytes> keys = new ArrayList<>();
        List<Record<byte[], Arrived>> taken = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(entry -> {
                StateReader in = new StateReader(entry.value, 1);
                long since = in.number();
                long ingested = in.number();
                if (since < waitingSince && ingested < ingestedBefore) {
                    keys.add(entry.key);
                    taken.add(record(in, ingested));
                }
            });
        }
        keys.forEach(store::delete);
        waiting -= keys.size();
        return taken;
    }

    private static Record<byte[], Arrived> record(StateReader in, long timestamp) {
        Arrived arrived = new Arrived(Event.read(in), Origin.read(in));
        Headers headers = new RecordHeaders();
        for (int left = in.small(); left > 0; left--) {
            headers.add(in.text(), in.blob());
        }
        return new Record<>(arrived.event().item().value().getBytes(UTF_8), arrived, timestamp, headers);
    }

    private static Bytes prefix(ItemId item) {
        byte[] id = item.value().getBytes(UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + id.length)
                .putInt(id.length)
                .put(id)
                .array());
    }

    private static Bytes key(ItemId item, long sequence) {
        byte[] prefix = prefix(item).get();
        return Bytes.wrap(ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(sequence)
                .array());
    }

    private static long sequence(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(key.get().length - Long.BYTES);
    }
}
