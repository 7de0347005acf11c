package coldstream.model;

import java.util.List;

/**
 * An item as a score sees it.
 *
 * @param item for people and ids
 * @param active whether it may be recommended
 * @param categoryRows rows of its categories, at most {@value CatalogueEntry#MAX_CATEGORIES}
 * @param countBucket row of its count
 * @param recentBucket row of its recent count, or −1 for a model that has none
 */
public record ServedItem(
        CatalogueItem item, boolean active, List<Integer> categoryRows, int countBucket, int recentBucket) {

    /** Most categories of an item that are looked at. */
    public static final int MAX_CATEGORIES = CatalogueEntry.MAX_CATEGORIES;

    public ServedItem {
        categoryRows = List.copyOf(categoryRows);
    }
}
