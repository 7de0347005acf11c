package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a language model is shown of an item: whichever of these exist, never the id.
 *
 * <p>{@code title}; {@code kind}, its categories; {@code brand}; {@code keywords}, where there is no title; {@code about}, the
 * beginning of the description, where all the others together say little.
 *
 * @param json one line; an empty object where nothing is known
 * @param title as shown; empty where there is none
 * @param states how many texts came to be in which state
 */
record Facets(String json, String title, Map<UntrustedText.State, Integer> states) {

    private static final int TITLE = 120;
    private static final int KIND = 80;
    private static final int BRAND = 40;
    private static final int KEYWORDS = 80;
    private static final int ABOUT = 120;
    /** Fewer characters than this say little. */
    private static final int THIN = 16;

    Facets {
        states = Map.copyOf(states);
    }

    static Facets of(Item item) {
        Shown shown = new Shown();
        shown.add("title", item.title(), TITLE);
        shown.add("kind", String.join(", ", item.categories()), KIND);
        shown.add("brand", item.brand().orElse(""), BRAND);
        if (item.title().isBlank()) {
            shown.add("keywords", item.attributes().getOrDefault("keywords", ""), KEYWORDS);
        }
        if (shown.length < THIN) {
            shown.add("about", item.description().orElse(""), ABOUT);
        }
        return new Facets(shown.json.toString(), shown.json.path("title").asText(), shown.states);
    }

    static List<Facets> ofAll(List<Item> items) {
        return items.stream().map(Facets::of).toList();
    }

    /** Collects texts. */
    private static final class Shown {

        private final ObjectNode json = Json.mapper().createObjectNode();
        private final Map<UntrustedText.State, Integer> states = new EnumMap<>(UntrustedText.State.class);
        private int length;

        void add(String facet, String raw, int most) {
            if (raw.isBlank()) {
                return;
            }
            UntrustedText text = UntrustedText.of(raw, most);
            states.merge(text.state(), 1, Integer::sum);
            if (!text.text().isEmpty()) {
                json.put(facet, text.text());
                length += text.text().length();
            }
        }
    }
}
