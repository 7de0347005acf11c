package coldstream.testkit.chat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a model arrives at a score. */
@FunctionalInterface
public interface ChatMind {

    /** An order that a careless model would follow. */
    Pattern ORDER = Pattern.compile("(?i)ignore (?:the|all|any|every)\\b.*?\\b1(?:\\.0)?\\b");

    /**
     * @param label of a candidate of this prompt
     * @return in [0, 1], for a mind that behaves
     */
    double score(ChatPrompt prompt, String label);

    /**
     * Half the share of the candidate's words that the history has too, and up to .4 more by a hash of the words: scores
     * differ, say something, and do not hang on the order of anything.
     */
    static ChatMind byWords() {
        return (prompt, label) -> {
            Set<String> words = words(prompt.candidates().getOrDefault(label, ""));
            Set<String> known = words(prompt.before());
            long shared = words.stream().filter(known::contains).count();
            double share = words.isEmpty() ? 0 : (double) shared / words.size();
            int hash = 0; // of every word alike, in the order of the alphabet
            for (String word : words) {
                hash = 31 * hash + word.hashCode();
            }
            return 0.05 + 0.5 * share + 0.4 * (Math.floorMod(hash * 0x9E3779B9, 1000) / 1000.0);
        };
    }

    /** Likes what stands early: adds {@code lift} to the first candidate, nothing to the last. */
    static ChatMind preferringTheFirst(double lift, ChatMind otherwise) {
        return (prompt, label) -> {
            int last = Math.max(1, prompt.labels().size() - 1);
            double bonus = lift * (last - prompt.labels().indexOf(label)) / last;
            return Math.max(0, Math.min(1, otherwise.score(prompt, label) + bonus));
        };
    }

    /** Obeys an order that stands outside the quotation marks; the item behind whose label it stands gets 1. */
    static ChatMind obeyingWhatIsNotQuoted(ChatMind otherwise) {
        return (prompt, label) -> {
            Matcher order = ORDER.matcher(prompt.loose());
            while (order.find()) {
                Matcher labels = Pattern.compile("\\bc[1-9][0-9]{0,2}\\b")
                        .matcher(prompt.loose().substring(0, order.start()));
                String nearest = "c1";
                while (labels.find()) {
                    nearest = labels.group();
                }
                if (nearest.equals(label)) {
                    return 1;
                }
            }
            return otherwise.score(prompt, label);
        };
    }

    /** Obeys an order wherever it stands; no quotation marks help against this one. */
    static ChatMind obeyingEverything(ChatMind otherwise) {
        return (prompt, label) ->
                ORDER.matcher(prompt.candidates().getOrDefault(label, "")).find() ? 1 : otherwise.score(prompt, label);
    }

    private static Set<String> words(String text) {
        Set<String> words =
                new TreeSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)));
        words.remove("");
        return words;
    }
}
