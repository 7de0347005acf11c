package coldstream.scorer.model;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that strangers wrote, made fit to be shown to a language model.
 *
 * <ul>
 *   <li>Control characters and line ends become blanks; characters without a shape (zero width, direction marks, tags), private
 *       and unassigned ones are dropped; white space collapses.
 *   <li>Marks of chat templates ({@code <|…|>}, {@code [INST]}, {@code <<SYS>>} and the like) are dropped: a local server reads
 *       them as the end of the user's turn.
 *   <li>From the first sentence on that speaks to a model ("ignore the above", "answer 1.0"), the rest is withheld.
 *   <li>What is left is cut at a number of characters.
 * </ul>
 *
 * <p>The last list can be evaded by who knows it. It lowers what an injected text gains; the bound comes from the quotation
 * marks, answers by label, and the prior.
 *
 * @param text safe to put into JSON
 * @param state what was done to it
 */
public record UntrustedText(String text, State state) {

    /** What was done to a text; a closed set, for metrics. */
    public enum State {
        /** Nothing but white space changed. */
        SHOWN,
        /** Something that is no text was dropped. */
        CLEANED,
        /** A sentence spoke to the model and was left out with all that follows. */
        WITHHELD;

        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Longer texts are cut before they are looked at. */
    private static final int LONGEST_READ = 4_000;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cc}\\p{Z}]+");
    private static final Pattern SHAPELESS = Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]");
    private static final Pattern TEMPLATE = Pattern.compile(
            "<\\|[^>]{0,40}\\|?>|</?s>|<</?SYS>>|\\[/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|AVAILABLE_TOOLS)]"
                    + "|<(?:start|end)_of_turn>|</?think>|={3,}|`{3,}|#{3,}",
            Pattern.CASE_INSENSITIVE);

    /** Sentences that speak to a model; over text without compatibility forms, in lower case. */
    private static final Pattern ORDER = Pattern.compile(
            String.join(
                    "|",
                    List.of(
                            "\\b(?:ignore|disregard|override|bypass)\\b.{0,30}\\b(?:above|previous|prior|earlier|instructions?|rules"
                                    + "|prompt|everything|history|items?|candidates?|others?|list|text|rest)\\b",
                            "\\bforget\\b.{0,30}\\b(?:above|previous|prior|instructions?|rules|prompt)\\b",
                            "\\b(?:answer|scores?|give|return|output|respond|reply|assign|rate)\\b.{0,40}"
                                    + "(?:\\b1\\.0+\\b|\\b0?\\.9\\d*\\b|\\b(?:score|value|rating) (?:of )?(?:1|one)\\b"
                                    + "|\\b(?:highest|maximum|max|perfect|top) (?:score|rating|value|relevance)\\b)",
                            "\\b(?:system|developer) (?:prompt|message|instruction)",
                            "^\\s*(?:system|assistant|developer)\\s*:",
                            "\\byou are (?:now )?(?:an?|the) (?:\\w+ ){0,3}(?:assistant|model|judge|recommender|ai)\\b",
                            "[\"']?\\bscore[\"']?\\s*:\\s*[\"']?\\d",
                            "[\"']?\\bid[\"']?\\s*:\\s*[\"']?c\\d",
                            "\\bignor(?:iere?|ez|ar?|e)\\b.{0,30}(?:oben|anweisung|instruc|istruzion|pr\u00e9c\u00e9d|anterior)",
                            "(?:\u5ffd\u7565|\u65e0\u89c6|\u7121\u8996).{0,12}(?:\u4ee5\u4e0a|\u4e4b\u524d|\u6307\u4ee4|\u6307\u793a)")));

    private static final Pattern SENTENCE_END = Pattern.compile("[.!?;\u3002\uff01\uff1f](?=\\s|$)");

    /** @param most characters left, at least 1 */
    public static UntrustedText of(String raw, int most) {
        String read = raw.length() <= LONGEST_READ ? raw : raw.substring(0, LONGEST_READ);
        String blanked = BLANKS.matcher(read).replaceAll(" ").strip();
        String shaped = SHAPELESS.matcher(blanked).replaceAll("");
        String plain = BLANKS.matcher(TEMPLATE.matcher(shaped).replaceAll(" "))
                .replaceAll(" ")
                .strip();
        State state = plain.equals(blanked) ? State.SHOWN : State.CLEANED;
        int order = order(plain);
        if (order >= 0) {
            plain = plain.substring(0, order).strip();
            state = State.WITHHELD;
        }
        return new UntrustedText(cut(plain, most), state);
    }

    /** Where the sentence begins that speaks to a model, or −1. */
    private static int order(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        Matcher order = ORDER.matcher(lower);
        if (!order.find()) {
            return -1;
        }
        if (lower.length() != text.length()) {
            return 0; // positions no longer agree: nothing of it is shown
        }
        int begin = 0;
        Matcher end = SENTENCE_END.matcher(text).region(0, order.start());
        while (end.find()) {
            begin = end.end();
        }
        return begin;
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end).strip();
    }
}
