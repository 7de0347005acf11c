package coldstream.app.dataset;

import coldstream.app.dataset.ShopVocabulary.Department;
import coldstream.app.dataset.ShopVocabulary.Shelf;
import coldstream.app.dataset.ShopVocabulary.Style;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The goods of a simulated shop, in the order they come on sale. */
final class ShopCatalogue {

    /**
     * One item as the generator knows it.
     *
     * @param department index of the department
     * @param shelf index in the department
     * @param style index of the style
     * @param appeal how much everybody likes it, nats
     */
    record Good(int department, int shelf, int style, double appeal) {}

    private final List<Good> goods = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();

    ShopCatalogue(int size, long seed) {
        var random = new SplittableRandom(seed ^ 0x0600_0d5L);
        for (int index = 0; index < size; index++) {
            int department = random.nextInt(ShopVocabulary.DEPARTMENTS.size());
            Department kind = ShopVocabulary.DEPARTMENTS.get(department);
            int shelf = random.nextInt(kind.shelves().size());
            int style = random.nextInt(ShopVocabulary.STYLES.size());
            double appeal = 0.8 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 2;
            goods.add(new Good(department, shelf, style, appeal));
            items.add(describe(index, kind, kind.shelves().get(shelf), ShopVocabulary.STYLES.get(style), random));
        }
    }

    static ItemId id(int index) {
        return new ItemId("i%05d".formatted(index));
    }

    int size() {
        return goods.size();
    }

    Good good(int index) {
        return goods.get(index);
    }

    Item item(int index) {
        return items.get(index);
    }

    private static Item describe(int index, Department department, Shelf shelf, Style style, SplittableRandom random) {
        String brand = pick(department.brands(), random);
        String adjective = pick(style.adjectives(), random);
        String material = pick(style.materials(), random);
        String noun = pick(shelf.nouns(), random);
        String purpose = pick(shelf.purposes(), random);
        String title = "%s %s %s %s, %s".formatted(brand, adjective, material, noun, purpose);
        String description = "%s %s in %s by %s, made in our %s style."
                .formatted(
                        adjective,
                        noun.toLowerCase(Locale.ROOT),
                        material.toLowerCase(Locale.ROOT),
                        brand,
                        style.name());
        return new Item(
                id(index),
                title,
                List.of(department.name(), shelf.name()),
                Optional.of(brand),
                Optional.of(description),
                Map.of());
    }

    private static String pick(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }
}
