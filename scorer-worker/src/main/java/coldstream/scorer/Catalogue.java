package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.TextVector;
import coldstream.scorer.candidates.ItemIndex;
import coldstream.scorer.model.VectorTable;
import coldstream.textencoder.TextHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every item announced and not retired, and the vector of its text, as the topics tell. Safe for use by any number of
 * threads.
 */
final class Catalogue {

    private final String encoder;
    private final VectorTable vectors;
    private final Map<ItemId, Item> items = new ConcurrentHashMap<>();
    /** Of the text each vector was made from. */
    private final Map<ItemId, String> hashes = new ConcurrentHashMap<>();

    private final AtomicLong changes = new AtomicLong();

    /** @param encoder whose vectors count; those of another are not comparable */
    Catalogue(String encoder, VectorTable vectors) {
        this.encoder = encoder;
        this.vectors = vectors;
    }

    void announce(Item item) {
        Item before = items.put(item.item(), item);
        if (!item.equals(before)) {
            changes.incrementAndGet();
        }
    }

    void retire(ItemId item) {
        items.remove(item);
        forgetVector(item);
    }

    void vector(ItemVector vector) {
        if (vector.encoder().equals(encoder)) {
            vector(vector.item(), vector.textHash(), vector.vector());
        }
    }

    void vector(ItemId item, String textHash, TextVector vector) {
        synchronized (vectors) {
            vectors.put(item, vector);
        }
        hashes.put(item, textHash);
        changes.incrementAndGet();
    }

    void forgetVector(ItemId item) {
        hashes.remove(item);
        synchronized (vectors) {
            vectors.remove(item);
        }
        changes.incrementAndGet();
    }

    Optional<Item> find(ItemId item) {
        return Optional.ofNullable(items.get(item));
    }

    /** Whether the vector of the item's text, as it is now, is missing. */
    boolean needsVector(Item item) {
        return !TextHash.of(item.text()).equals(hashes.get(item.item()));
    }

    boolean hasVector(ItemId item) {
        return vectors.contains(item);
    }

    long itemCount() {
        return items.size();
    }

    long vectorCount() {
        return vectors.size();
    }

    /** Grows with every change. */
    long changes() {
        return changes.get();
    }

    /** The items by id, so that every worker draws from the same list; only those with a vector if asked so. */
    ItemIndex index(boolean onlyWithVector) {
        List<Item> sorted = new ArrayList<>(items.values());
        if (onlyWithVector) {
            sorted.removeIf(item -> !hasVector(item.item()));
        }
        sorted.sort(Comparator.comparing(Item::item));
        return ItemIndex.of(sorted);
    }
}
