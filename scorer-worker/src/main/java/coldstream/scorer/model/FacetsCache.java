package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The facets of the items shown last, made once for every item as it is: reading a text for what speaks to a model costs some
 * ten microseconds, and a request shows thirty items.
 */
final class FacetsCache {

    private record Made(Item item, Facets facets) {}

    private final Map<ItemId, Made> made;

    /** @param most items remembered, at least 1 */
    FacetsCache(int most) {
        this.made = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ItemId, Made> eldest) {
                return size() > most;
            }
        };
    }

    List<Facets> of(List<Item> items) {
        return items.stream().map(this::of).toList();
    }

    Facets of(Item item) {
        synchronized (made) {
            Made before = made.get(item.item());
            if (before != null && before.item().equals(item)) {
                return before.facets();
            }
        }
        Facets facets = Facets.of(item);
        synchronized (made) {
            made.put(item.item(), new Made(item, facets));
        }
        return facets;
    }

    int size() {
        synchronized (made) {
            return made.size();
        }
    }
}
