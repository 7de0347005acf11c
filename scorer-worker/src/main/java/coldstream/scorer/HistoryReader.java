package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.TextEncoder;
import coldstream.textencoder.TextHash;
import java.util.ArrayList;
import java.util.List;

/** Turns the ids of a history into items a scorer can read, as the catalogue is now. */
final class HistoryReader {

    private final Catalogue catalogue;
    private final TextEncoder encoder;
    private final boolean needsVectors;

    /** @param needsVectors whether the scorer reads vectors rather than texts */
    HistoryReader(Catalogue catalogue, TextEncoder encoder, boolean needsVectors) {
        this.catalogue = catalogue;
        this.encoder = encoder;
        this.needsVectors = needsVectors;
    }

    /**
     * The items that are announced with a text, in order. Where a vector is needed and still on its way, it is made here: a
     * request that follows its item closely need not wait.
     */
    List<Item> read(List<ItemId> history) {
        List<Item> items = new ArrayList<>(history.size());
        for (ItemId id : history) {
            catalogue.find(id).filter(item -> !item.text().isBlank()).ifPresent(items::add);
        }
        if (needsVectors) {
            items.stream().filter(item -> !catalogue.hasVector(item.item())).forEach(this::encode);
        }
        return items;
    }

    private void encode(Item item) {
        String text = catalogue.text(item.item()).orElse(item.text());
        catalogue.vector(
                item.item(), TextHash.of(text), encoder.encode(List.of(text)).get(0));
    }
}
