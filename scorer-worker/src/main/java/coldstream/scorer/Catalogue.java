package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
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
 * Every item announced and not retired, what a language model wrote of it, and the vector of both, as the topics tell. Safe
 * for use by any number of threads.
 */
final class Catalogue {

    private final String encoder;
    private final VectorTable vectors;
    /** As announced. */
    private final Map<ItemId, Item> own = new ConcurrentHashMap<>();
    /** The same with what was written of them. */
    private final Map<ItemId, Item> shown = new ConcurrentHashMap<>();

    private final Map<ItemId, ItemEnrichment> enrichments = new ConcurrentHashMap<>();
    /** Of the text each vector was made from. */
    private final Map<ItemId, String> hashes = new ConcurrentHashMap<>();

    private final AtomicLong changes = new AtomicLong();

    /** @param encoder whose vectors count; those of another are not comparable */
    Catalogue(String encoder, VectorTable vectors) {
        this.encoder = encoder;
        this.vectors = vectors;
    }

    synchronized void announce(Item item) {
        Item before = own.put(item.item(), item);
        if (!item.equals(before)) {
            show(item);
        }
    }

    synchronized void retire(ItemId item) {
        own.remove(item);
        shown.remove(item);
        forgetVector(item);
    }

    /** What was written of an item; it counts while the item's own text is the one it was written of. */
    synchronized void enrich(ItemEnrichment enrichment) {
        enrichments.put(enrichment.item(), enrichment);
        Item item = own.get(enrichment.item());
        if (item != null) {
            show(item);
        }
    }

    synchronized void forgetEnrichment(ItemId item) {
        enrichments.remove(item);
        Item known = own.get(item);
        if (known != null) {
            show(known);
        }
    }

    private void show(Item item) {
        shown.put(item.item(), written(item).map(words -> words.addedTo(item)).orElse(item));
        changes.incrementAndGet();
    }

    /** What was written of this very text, if it says anything. */
    private Optional<ItemEnrichment> written(Item item) {
        return enrichment(item.item())
                .filter(words -> !words.saysNothing() && words.textHash().equals(TextHash.of(item.text())));
    }

    /** What was written of the item last, of whatever text. */
    Optional<ItemEnrichment> enrichment(ItemId item) {
        return Optional.ofNullable(enrichments.get(item));
    }

    /** What an encoder reads of an item: its own text, and what was written of it. */
    String text(Item item) {
        return written(item).map(words -> words.text(item)).orElseGet(item::text);
    }

    /** As {@link #text(Item)} of the item as it was announced last. */
    Optional<String> text(ItemId item) {
        return Optional.ofNullable(own.get(item)).map(this::text);
    }

    /** Items whose vector is not that of what was written of them; some of them, at most so many. */
    List<Item> withOldVector(int most) {
        return enrichments.values().stream()
                .filter(words -> !words.saysNothing())
                .flatMap(words -> Optional.ofNullable(own.get(words.item())).stream())
                .filter(this::needsVector)
                .limit(most)
                .toList();
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

    /** The item, with what was written of it. */
    Optional<Item> find(ItemId item) {
        return Optional.ofNullable(shown.get(item));
    }

    /** Whether the vector of the {@linkplain #text item's text}, as it is now, is missing. */
    boolean needsVector(Item item) {
        return !TextHash.of(text(item)).equals(hashes.get(item.item()));
    }

    boolean hasVector(ItemId item) {
        return vectors.contains(item);
    }

    long itemCount() {
        return own.size();
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
        List<Item> sorted = new ArrayList<>(shown.values());
        if (onlyWithVector) {
            sorted.removeIf(item -> !hasVector(item.item()));
        }
        sorted.sort(Comparator.comparing(Item::item));
        return ItemIndex.of(sorted);
    }
}
