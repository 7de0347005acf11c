package coldstream.app.scores;

import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.textencoder.TextHash;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an item's text.
 *
 * @param own text, as its producer announced it; null where nobody announces it
 * @param written what a language model wrote of it; null where it was not asked
 * @param counts whether that is of the text the item has now, and says something
 * @param encoded what the encoder reads of it; null where nobody announces it
 * @param vector whether there is a vector, and of which text
 */
record ItemWords(
        String item,
        @Nullable String own,
        @Nullable ItemEnrichment written,
        boolean counts,
        @Nullable String encoded,
        Vector vector) {

    private static final Pattern COMMANDS = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    /** Of which text the vector is. */
    enum Vector {
        NONE,
        CURRENT,
        OLD
    }

    static ItemWords of(
            ItemId item, Optional<Item> own, Optional<ItemEnrichment> written, Optional<ItemVector> vector) {
        boolean counts = own.isPresent()
                && written.filter(words -> !words.saysNothing()
                                && words.textHash().equals(TextHash.of(own.get().text())))
                        .isPresent();
        @Nullable
        String encoded = own.map(
                        one -> counts ? written.map(words -> words.text(one)).orElse(one.text()) : one.text())
                .orElse(null);
        return new ItemWords(
                item.value(),
                own.map(Item::text).orElse(null),
                written.orElse(null),
                counts,
                encoded,
                vector.isEmpty()
                        ? Vector.NONE
                        : encoded != null && vector.get().textHash().equals(TextHash.of(encoded))
                                ? Vector.CURRENT
                                : Vector.OLD);
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "item       %s", item);
        line(text, "text       %s", own == null ? "(not announced)" : own);
        ItemEnrichment words = written;
        if (words == null) {
            line(text, "written    nothing: no language model was asked");
        } else {
            line(text, "written    by %s, prompt %s, %s", words.model(), words.promptVersion(), words.writtenAt());
            line(text, "  category   %s", words.category());
            line(text, "  tags       %s", String.join(", ", words.tags()));
            line(text, "  paraphrase %s", words.paraphrase());
            line(
                    text,
                    "  %s",
                    counts
                            ? "shown and encoded with the item"
                            : words.saysNothing() ? "the answer could not be used" : "of an earlier text: not used");
        }
        line(text, "encoded    %s", encoded == null ? "" : encoded);
        line(text, "vector     %s", vector.name().toLowerCase(Locale.ROOT));
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        text.append(COMMANDS.matcher(line).replaceAll(" ").stripTrailing()).append(System.lineSeparator());
    }
}
