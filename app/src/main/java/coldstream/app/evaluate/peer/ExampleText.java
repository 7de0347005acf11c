package coldstream.app.evaluate.peer;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes examples as Vowpal Wabbit reads them: what our learner sees of a user and an item, in namespaces of one letter.
 *
 * <ul>
 *   <li>u: the user; n: the bucket of the user's count; h: the latest history items; g: their categories
 *   <li>i: the item; p: the bucket of its count; c: its categories; b: its brand
 * </ul>
 *
 * Features of h and of g have weights that sum to 1, so that a long history speaks no louder than a short one.
 */
final class ExampleText {

    private static final int HISTORY = 20;

    private final Map<ItemId, Item> items = new HashMap<>();

    void item(Item item) {
        items.put(item.item(), item);
    }

    /** The part that depends on the user alone. */
    String user(Sample sample) {
        List<ItemId> history = sample.history();
        List<ItemId> latest = history.subList(Math.max(0, history.size() - HISTORY), history.size());
        var text = new StringBuilder();
        text.append("|u ").append(word(sample.user().value()));
        text.append(" |n n").append(bucket(sample.userCount()));
        text.append(" |h");
        Map<String, Double> categories = new LinkedHashMap<>();
        for (ItemId item : latest) {
            text.append(' ').append(word(item.value())).append(weight(1.0 / latest.size()));
            List<String> names = categories(item);
            names.forEach(name -> categories.merge(name, 1.0 / names.size() / latest.size(), Double::sum));
        }
        text.append(" |g");
        categories.forEach((name, share) -> text.append(' ').append(name).append(weight(share)));
        return text.toString();
    }

    /**
     * The part that depends on the item alone.
     *
     * @param count positives of the item so far
     */
    String item(ItemId item, long count) {
        var text = new StringBuilder();
        text.append(" |i ").append(word(item.value())).append(" |p p").append(bucket(count));
        text.append(" |c");
        categories(item).forEach(name -> text.append(' ').append(name));
        Item known = items.get(item);
        if (known != null) {
            known.brand().ifPresent(brand -> text.append(" |b ").append(word(brand)));
        }
        return text.toString();
    }

    private List<String> categories(ItemId item) {
        Item known = items.get(item);
        List<String> names = new ArrayList<>();
        if (known != null) {
            known.categories().forEach(category -> names.add(word(category)));
        }
        return names;
    }

    private static String weight(double weight) {
        return String.format(Locale.ROOT, ":%.4f", weight);
    }

    /** Two buckets for each doubling, as our learner's. */
    private static int bucket(long count) {
        return (int) Math.floor(2 * Math.log(1.0 + count) / Math.log(2));
    }

    /** Blanks, bars and colons part features. */
    private static String word(String text) {
        return text.replace('|', '_').replace(':', '_').replaceAll("\\s", "_");
    }
}
