package coldstream.model;

import coldstream.domain.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every item seen, by order of first sight. */
public final class Catalogue {

    private final Index index = new Index();
    private final ArrayList<CatalogueEntry> entries = new ArrayList<>();

    /** The entry of an item, made now if there is none. */
    public CatalogueEntry add(ItemId item) {
        int number = index.add(item.value());
        if (number == entries.size()) {
            entries.add(new CatalogueEntry(number, item));
        }
        return entries.get(number);
    }

    public Optional<CatalogueEntry> find(ItemId item) {
        int number = index.find(item.value());
        return number < 0 ? Optional.empty() : Optional.of(entries.get(number));
    }

    public CatalogueEntry get(int number) {
        return entries.get(number);
    }

    public int size() {
        return entries.size();
    }

    List<CatalogueEntry> entries() {
        return entries;
    }
}
