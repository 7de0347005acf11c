package coldstream.ingest.topology;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What is to be done once event time has passed a moment, in the order of those moments; or, where no event comes to move
 * event time on, once it has waited long enough by the wall clock.
 */
final class Deadlines {

    static final String STORE = "deadlines";

    /** Most deadlines handed out at once, so that one event never pays for a long silence alone. */
    private static final int MAX_AT_ONCE = 1_000;

    private static final int HEAD = Long.BYTES + 1;

    /** What is due. */
    enum Kind {
        CLOSE_IMPRESSION(0),
        SEND_REQUEST(1);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Kind of(byte code) {
            return code == CLOSE_IMPRESSION.code ? CLOSE_IMPRESSION : SEND_REQUEST;
        }
    }

    /** @param subject key of what is due, in the store it lives in */
    record Deadline(long time, Kind kind, Bytes subject) {

        private Bytes key() {
            return Bytes.wrap(ByteBuffer.allocate(HEAD + subject.get().length)
                    .putLong(time)
                    .put(kind.code)
                    .put(subject.get())
                    .array());
        }

        private static Deadline of(Bytes key) {
            ByteBuffer in = ByteBuffer.wrap(key.get());
            long time = in.getLong();
            Kind kind = Kind.of(in.get());
            byte[] subject = new byte[in.remaining()];
            in.get(subject);
            return new Deadline(time, kind, Bytes.wrap(subject));
        }
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private long next; // not after the earliest deadline

    Deadlines(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.next = Long.MIN_VALUE;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    void add(Deadline deadline, long nowMillis) {
        store.put(
                deadline.key(),
                ByteBuffer.allocate(Long.BYTES).putLong(nowMillis).array());
        next = Math.min(next, deadline.time());
    }

    void remove(Deadline deadline) {
        store.delete(deadline.key());
    }

    /** Takes out what was due before an event time. */
    List<Deadline> takeBefore(long time) {
        if (time <= next) {
            return List.of();
        }
        return take(store.all(), time, Long.MAX_VALUE);
    }

    /** Takes out what was set before a wall-clock time, as far as it is the earliest. */
    List<Deadline> takeSetBefore(long wallMillis) {
        return take(store.all(), Long.MAX_VALUE, wallMillis);
    }

    private List<Deadline> take(KeyValueIterator<Bytes, byte[]> entries, long dueBefore, long setBefore) {
        List<Deadline> taken = new ArrayList<>();
        next = Long.MAX_VALUE;
        try (entries) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                Deadline deadline = Deadline.of(entry.key);
                if (taken.size() == MAX_AT_ONCE
                        || deadline.time() >= dueBefore
                        || ByteBuffer.wrap(entry.value).getLong() >= setBefore) {
                    next = deadline.time();
                    break;
                }
                taken.add(deadline);
            }
        }
        taken.forEach(this::remove);
        return taken;
    }
}
