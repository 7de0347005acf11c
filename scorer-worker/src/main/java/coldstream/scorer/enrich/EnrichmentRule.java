package coldstream.scorer.enrich;

import static coldstream.domain.Check.check;

import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
import coldstream.textencoder.TextHash;
import java.util.Optional;

/**
 * Which items a language model is asked about: those with a text that is too short to say much, once for each text and
 * prompt, whatever came of it and whichever model was asked.
 *
 * @param below characters of a text that says enough, 1 to {@value Item#MAX_TEXT}
 */
public record EnrichmentRule(int below) {

    public EnrichmentRule {
        check(
                below >= 1 && below <= Item.MAX_TEXT,
                "scorer.enrichment-below must be 1 to %d, got %d",
                Item.MAX_TEXT,
                below);
    }

    /** What an item is, to enrichment. */
    public enum Due {
        /** To be asked about. */
        YES,
        /** Its text says enough. */
        NOT_THIN,
        /** It has no text at all, so that nothing could be asked. */
        BLANK,
        /** It was asked about before. */
        KNOWN
    }

    /** @param known what was written of the item, of whatever text */
    public Due due(Item own, Optional<ItemEnrichment> known) {
        String text = own.text();
        if (text.isBlank()) {
            return Due.BLANK;
        }
        if (text.length() >= below) {
            return Due.NOT_THIN;
        }
        return known.filter(one -> one.promptVersion().equals(Enricher.PROMPT)
                                && one.textHash().equals(TextHash.of(text)))
                        .isPresent()
                ? Due.KNOWN
                : Due.YES;
    }
}
