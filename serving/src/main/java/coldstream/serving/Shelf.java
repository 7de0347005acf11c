package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.model.CatalogueItem;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A version's items by place, the most popular first, and which of them a filter leaves. */
public final class Shelf {

    private final List<CatalogueItem> items;

    /** Number in the model's own order, by place. */
    private final int[] numbers;

    private final Map<ItemId, Integer> places = new HashMap<>();
    private final Map<String, BitSet> categories = new HashMap<>();
    private final BitSet untaken = new BitSet();

    /** @param catalogue in the model's order */
    Shelf(List<CatalogueItem> catalogue) {
        numbers = IntStream.range(0, catalogue.size())
                .boxed()
                .sorted(Comparator.comparing(
                        catalogue::get,
                        Comparator.comparingLong(CatalogueItem::count)
                                .reversed()
                                .thenComparing(CatalogueItem::item)))
                .mapToInt(Integer::intValue)
                .toArray();
        items = IntStream.of(numbers).mapToObj(catalogue::get).toList();
        for (int place = 0; place < numbers.length; place++) {
            CatalogueItem item = items.get(place);
            places.put(item.item(), place);
            for (String category : item.categories()) {
                categories.computeIfAbsent(category, unseen -> new BitSet()).set(place);
            }
            untaken.set(place, item.count() == 0);
        }
    }

    /** All items, by place. */
    public List<CatalogueItem> items() {
        return items;
    }

    /** What is known of an item of the catalogue. */
    public Optional<CatalogueItem> find(ItemId item) {
        return Optional.ofNullable(places.get(item)).map(items::get);
    }

    /** Values in the model's order, by place. */
    float[] byPlace(float[] values) {
        float[] sorted = new float[values.length];
        for (int place = 0; place < sorted.length; place++) {
            sorted[place] = values[numbers[place]];
        }
        return sorted;
    }

    /** Places that a wish leaves. */
    BitSet allowed(Wish wish) {
        BitSet allowed = new BitSet(items.size());
        if (wish.categories().isEmpty()) {
            allowed.set(0, items.size());
        }
        for (String category : wish.categories()) {
            allowed.or(categories.getOrDefault(category, new BitSet()));
        }
        if (wish.onlyNew()) {
            allowed.and(untaken);
        }
        remove(wish.exclude(), allowed);
        return allowed;
    }

    /** Takes items out of places. */
    void remove(Iterable<ItemId> gone, BitSet from) {
        for (ItemId item : gone) {
            Integer place = places.get(item);
            if (place != null) {
                from.clear(place);
            }
        }
    }
}
