package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a language model wrote of an item whose own text says little (Lyu et al.: LLM-Rec, 2024): for the text encoder, and for
 * a language model that is asked about the item later. Its words are as untrusted as the text they were made of.
 *
 * <p>One without words says that the model was asked and gave nothing that could be used: it is not asked again.
 *
 * @param textHash of the item's own text when the model was asked; of another text it says nothing
 * @param paraphrase the item in other words; may be empty
 * @param tags kinds, themes, uses; may be empty
 * @param category the broader kind; may be empty
 * @param model which language model wrote it
 * @param promptVersion how it was asked
 * @param writtenAt when
 */
public record ItemEnrichment(
        ItemId item,
        String textHash,
        String paraphrase,
        List<String> tags,
        String category,
        String model,
        String promptVersion,
        Instant writtenAt) {

    /** Most characters of a paraphrase. */
    public static final int MAX_PARAPHRASE = 240;

    /** Most tags. */
    public static final int MAX_TAGS = 8;

    /** Most characters of a tag, and of a category. */
    public static final int MAX_TAG = 40;

    public ItemEnrichment {
        check(
                paraphrase.length() <= MAX_PARAPHRASE,
                "a paraphrase must have at most %d characters, got %d",
                MAX_PARAPHRASE,
                paraphrase.length());
        check(tags.size() <= MAX_TAGS, "an item must have at most %d tags, got %d", MAX_TAGS, tags.size());
        tags = List.copyOf(tags);
    }

    /** Whether the model gave nothing that could be used. */
    public boolean saysNothing() {
        return paraphrase.isEmpty() && tags.isEmpty() && category.isEmpty();
    }

    /** The item with these words beside its own: category and tags after its categories, the paraphrase for a description. */
    public Item addedTo(Item own) {
        Set<String> kinds = new LinkedHashSet<>(own.categories());
        kinds.addAll(words());
        Optional<String> description = own.description().filter(text -> !text.isBlank());
        if (description.isEmpty() && !paraphrase.isEmpty()) {
            description = Optional.of(paraphrase);
        }
        return new Item(own.item(), own.title(), List.copyOf(kinds), own.brand(), description, own.attributes());
    }

    /**
     * What an encoder reads of the item: its own text, category and tags, the paraphrase; at most {@value Item#MAX_TEXT}
     * characters.
     */
    public String text(Item own) {
        List<String> parts = new ArrayList<>(List.of(own.text(), String.join(", ", words()), paraphrase));
        parts.removeIf(String::isBlank);
        String text = String.join(". ", parts);
        return text.length() <= Item.MAX_TEXT ? text : text.substring(0, Item.MAX_TEXT);
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        if (!category.isEmpty()) {
            words.add(category);
        }
        words.addAll(tags);
        return words;
    }
}
