package coldstream.model;

import coldstream.domain.ItemId;
import java.util.List;

/**
 * An item that can be recommended, as of a snapshot.
 *
 * @param title a name for people
 * @param count positives of the item when the snapshot was taken
 */
public record CatalogueItem(ItemId item, String title, List<String> categories, long count) {

    public CatalogueItem {
        categories = List.copyOf(categories);
    }
}
