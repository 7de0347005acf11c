package coldstream.scorer.candidates;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The items a language model can read, by number, id and category. Immutable. */
public final class ItemIndex {

    public static final ItemIndex EMPTY = of(List.of());

    private final List<Item> items;
    private final Map<ItemId, Integer> numbers;
    private final List<List<Integer>> categories;

    private ItemIndex(List<Item> items, Map<ItemId, Integer> numbers, List<List<Integer>> categories) {
        this.items = items;
        this.numbers = numbers;
        this.categories = categories;
    }

    /** Of these items, leaving out those without a text: the same items in the same order give the same index. */
    public static ItemIndex of(Collection<Item> catalogue) {
        List<Item> items = new ArrayList<>(catalogue.size());
        Map<ItemId, Integer> numbers = new HashMap<>();
        Map<String, List<Integer>> byCategory = new LinkedHashMap<>();
        for (Item item : catalogue) {
            if (item.text().isBlank() || numbers.containsKey(item.item())) {
                continue;
            }
            int number = items.size();
            items.add(item);
            numbers.put(item.item(), number);
            byCategory
                    .computeIfAbsent(category(item), category -> new ArrayList<>())
                    .add(number);
        }
        return new ItemIndex(items, numbers, new ArrayList<>(byCategory.values()));
    }

    /** The most special category: catalogues list them from general to special, or in no order. */
    private static String category(Item item) {
        List<String> categories = item.categories();
        return categories.isEmpty() ? "" : categories.get(categories.size() - 1);
    }

    public int size() {
        return items.size();
    }

    Item item(int number) {
        return items.get(number);
    }

    /** The item's number, or −1. */
    int number(ItemId item) {
        return numbers.getOrDefault(item, -1);
    }

    Optional<Item> find(ItemId item) {
        int number = number(item);
        return number < 0 ? Optional.empty() : Optional.of(items.get(number));
    }

    /** The numbers of the items of each category. */
    List<List<Integer>> categories() {
        return categories;
    }
}
