package coldstream.domain;

import java.util.Map;

/** How often items were taken, mirrored for the scorer and for serving; bounded to the most popular ones. */
public interface PopularityStore {

    /** Sets the counts of these items; a lower count never replaces a higher one. */
    void putAll(Map<ItemId, Long> counts);

    /** The {@code limit} most popular items with their counts, most popular first. */
    Map<ItemId, Long> top(int limit);
}
