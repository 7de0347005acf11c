package coldstream.domain;

import static coldstream.domain.Check.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of an item.
 *
 * @param title may be empty where the source has none
 * @param attributes anything else; {@code keywords} stands in for a missing title
 */
public record Item(
        ItemId item,
        String title,
        List<String> categories,
        Optional<String> brand,
        Optional<String> description,
        Map<String, String> attributes) {

    /** Longest text shown to a language model, in characters. */
    public static final int MAX_TEXT = 300;

    private static final int MAX_TITLE = 2_000;

    public Item {
        check(title.length() <= MAX_TITLE, "title must have at most %d characters, got %d", MAX_TITLE, title.length());
        categories = List.copyOf(categories);
        attributes = Map.copyOf(attributes);
    }

    /** An item of which only the id is known. */
    public static Item unknown(ItemId item) {
        return new Item(item, "", List.of(), Optional.empty(), Optional.empty(), Map.of());
    }

    /** A name for people: the title, else brand and keywords, else the id. */
    public String displayName() {
        String name = title.isBlank() ? brandAndKeywords() : title;
        return name.isBlank() ? item.value() : name;
    }

    /**
     * The text an encoder reads: title (or brand and keywords), then the categories, or the description where there is none of
     * them; at most {@value #MAX_TEXT} characters. Empty when nothing is known: the id itself says nothing and is never shown to a model.
     */
    public String text() {
        String name = title.isBlank() ? brandAndKeywords() : title.strip();
        String kinds = String.join(", ", categories);
        String text = name.isEmpty() ? kinds : kinds.isEmpty() ? name : name + ". " + kinds;
        if (text.isEmpty()) {
            text = description.orElse("").strip();
        }
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    private String brandAndKeywords() {
        return (brand.orElse("") + " " + attributes.getOrDefault("keywords", "")).strip();
    }
}
