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
 */
final class Facets {

    private static final int TITLE = 120;
    private static final int KIND = 80;
    private static final int BRAND = 40;
    private static final int KEYWORDS = 80;
    private static final int ABOUT = 120;
    /** Fewer characters than this say little. */
    private static final int THIN = 16;

    private final ObjectNode shown = Json.mapper().createObjectNode();
    private final Map<UntrustedText.State, Integer> states = new EnumMap<>(UntrustedText.State.class);
    private int length;

    private Facets() {}

    static Facets of(Item item) {
        Facets facets = new Facets();
        facets.add("title", item.title(), TITLE);
        facets.add("kind", String.join(", ", item.categories()), KIND);
        facets.add("brand", item.brand().orElse(""), BRAND);
        if (item.title().isBlank()) {
            facets.add("keywords", item.attributes().getOrDefault("keywords", ""), KEYWORDS);
        }
        if (facets.length < THIN) {
            facets.add("about", item.description().orElse(""), ABOUT);
        }
        return facets;
    }

    private void add(String facet, String raw, int most) {
        if (raw.isBlank()) {
            return;
        }
        UntrustedText text = UntrustedText.of(raw, most);
        states.merge(text.state(), 1, Integer::sum);
        if (!text.text().isEmpty()) {
            shown.put(facet, text.text());
            length += text.text().length();
        }
    }

    /** One line of JSON; an empty object where nothing is known. */
    String json() {
        return shown.toString();
    }

    /** The title as shown; empty where there is none. */
    String title() {
        return shown.path("title").asText();
    }

    /** How many texts came to be in which state. */
    Map<UntrustedText.State, Integer> states() {
        return states;
    }

    static List<Facets> ofAll(List<Item> items) {
        return items.stream().map(Facets::of).toList();
    }
}
