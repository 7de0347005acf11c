package coldstream.scorer.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * Finds the candidate an entry of an answer is about, by what names it: its label, and its title where the entry has one.
 *
 * <p>An entry about something else is about nothing: a label nobody gave, a title no candidate or several have, or the label
 * of one candidate with the title of another.
 *
 * @param titles of the candidates as shown, in their order; empty where one has none
 */
record Grounding(List<String> titles) {

    /** No candidate. */
    static final int NONE = -1;

    /** Index of the candidate, or {@link #NONE}. */
    int candidate(JsonNode entry) {
        JsonNode label = entry.path("id");
        JsonNode title = entry.path("title");
        if (label.isTextual()) {
            int index = Label.index(label.textValue(), titles.size());
            return index >= 0 && title.isTextual() && !agree(title.textValue(), titles.get(index)) ? NONE : index;
        }
        return label.isMissingNode() && title.isTextual() ? only(title.textValue()) : NONE;
    }

    private int only(String title) {
        int found = NONE;
        for (int i = 0; i < titles.size(); i++) {
            if (!titles.get(i).isEmpty() && normal(titles.get(i)).equals(normal(title))) {
                if (found != NONE) {
                    return NONE;
                }
                found = i;
            }
        }
        return found;
    }

    /** A title may be shortened; one that is not shown cannot be wrong. */
    private static boolean agree(String answered, String shown) {
        String a = normal(answered);
        String b = normal(shown);
        return b.isEmpty() || (!a.isEmpty() && (b.startsWith(a) || a.startsWith(b)));
    }

    private static String normal(String title) {
        return title.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
