package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.UserId;
import coldstream.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Impressions whose click window is open, each as the negative it becomes when nobody answers it. */
final class OpenImpressions {

    static final String STORE = "open-impressions";

    /** @param key in the store */
    record Open(Bytes key, Sample negative) {}

    private final KeyValueStore<Bytes, byte[]> store;

    OpenImpressions(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /** The key of an impression, or of all impressions of an item to a user when there is no id. */
    static Bytes key(UserId user, ItemId item, Optional<String> impressionId) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        part(key, user.value());
        part(key, item.value());
        impressionId.ifPresent(id -> part(key, id));
        return Bytes.wrap(key.toByteArray());
    }

    private static void part(ByteArrayOutputStream key, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        key.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        key.writeBytes(bytes);
    }

    boolean contains(Bytes key) {
        return store.get(key) != null;
    }

    void open(Bytes key, Sample negative) {
        store.put(key, Json.write(negative));
    }

    /** Takes out one impression. */
    Optional<Sample> close(Bytes key) {
        byte[] bytes = store.delete(key);
        return bytes == null ? Optional.empty() : Optional.of(Json.read(bytes, Sample.class));
    }

    /** The impressions of an item to a user; only the one with the id where there is one. */
    List<Open> find(UserId user, ItemId item, Optional<String> impressionId) {
        List<Open> found = new ArrayList<>();
        try (var entries = store.prefixScan(key(user, item, impressionId), new BytesSerializer())) {
            entries.forEachRemaining(entry -> found.add(new Open(entry.key, Json.read(entry.value, Sample.class))));
        }
        return found;
    }
}
