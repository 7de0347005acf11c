package coldstream.scorer.enrich;

import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
import coldstream.scorer.model.UntrustedText;
import coldstream.wire.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A language model's words about an item, read by fixed rules.
 *
 * <ul>
 *   <li>An answer is a JSON object; anything else is refused.
 *   <li>Words are treated as a stranger's text is: from the first sentence on that speaks to a model they are dropped, and so
 *       is a text with markup, an address or without a letter; what is too long is cut, what is said twice is said once.
 *   <li>What is left must have a word of three letters or more in common with the item's own text, where that has one: an
 *       answer about something else, an excuse, or one in another language is refused.
 * </ul>
 *
 * @param reading what the answer came to as a whole
 * @param paraphrase empty where there is none that can be used
 * @param category empty where there is none that can be used
 */
public record EnrichmentReply(Reading reading, String paraphrase, List<String> tags, String category) {

    /** What an answer came to. */
    public enum Reading {
        /** All of it can be used. */
        READ,
        /** Some of it was dropped or cut. */
        REPAIRED,
        /** Not JSON. */
        NOT_JSON,
        /** JSON without a word that can be used. */
        NOTHING,
        /** About something else. */
        UNGROUNDED
    }

    private static final Pattern STRANGE = Pattern.compile("[<>{}]|://|\\bwww\\.|\\S@\\S", Pattern.CASE_INSENSITIVE);
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");
    private static final int WORD = 3;

    public EnrichmentReply {
        tags = List.copyOf(tags);
    }

    /** Whether there are words to keep. */
    public boolean useful() {
        return reading == Reading.READ || reading == Reading.REPAIRED;
    }

    static EnrichmentReply read(String answer, Item own) {
        String json = answer.startsWith("json") ? answer.substring(4).strip() : answer; // of a code fence
        JsonNode root;
        try {
            root = Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            return none(Reading.NOT_JSON);
        }
        if (!root.isObject()) {
            return none(Reading.NOT_JSON);
        }
        return new Words().of(root, own);
    }

    private static EnrichmentReply none(Reading reading) {
        return new EnrichmentReply(reading, "", List.of(), "");
    }

    /** Collects what can be used. */
    private static final class Words {

        private boolean repaired;

        EnrichmentReply of(JsonNode root, Item own) {
            String paraphrase = usable(root.path("paraphrase"), ItemEnrichment.MAX_PARAPHRASE);
            String category = usable(root.path("category"), ItemEnrichment.MAX_TAG);
            List<String> tags = tags(root.path("tags"));
            String all = (paraphrase + " " + category + " " + String.join(" ", tags)).strip();
            if (all.isEmpty()) {
                return none(Reading.NOTHING);
            }
            Set<String> named = words(own.text());
            if (!named.isEmpty() && words(all).stream().noneMatch(named::contains)) {
                return none(Reading.UNGROUNDED);
            }
            return new EnrichmentReply(repaired ? Reading.REPAIRED : Reading.READ, paraphrase, tags, category);
        }

        private List<String> tags(JsonNode list) {
            if (!list.isArray()) {
                repaired |= !list.isMissingNode() && !list.isNull();
                return List.of();
            }
            Set<String> met = new HashSet<>();
            List<String> tags = new ArrayList<>();
            for (JsonNode entry : list) {
                String tag = usable(entry, ItemEnrichment.MAX_TAG);
                boolean room = tags.size() < ItemEnrichment.MAX_TAGS;
                if (!tag.isEmpty() && room && met.add(tag.toLowerCase(Locale.ROOT))) {
                    tags.add(tag);
                } else {
                    repaired = true;
                }
            }
            return tags;
        }

        /** The text as it may be kept; empty where it may not, or there is none. */
        private String usable(JsonNode node, int most) {
            if (node.isMissingNode()
                    || node.isNull()
                    || (node.isTextual() && node.asText().isBlank())) {
                return "";
            }
            String raw = node.asText().strip();
            UntrustedText text = UntrustedText.of(raw, most);
            boolean fit = node.isTextual()
                    && LETTER.matcher(text.text()).find()
                    && !STRANGE.matcher(raw).find();
            String kept = fit ? text.text() : "";
            repaired |= !kept.equals(raw);
            return kept;
        }

        private static Set<String> words(String text) {
            return Arrays.stream(NO_LETTERS.split(text.toLowerCase(Locale.ROOT)))
                    .filter(word -> word.length() >= WORD)
                    .collect(Collectors.toSet());
        }
    }
}
