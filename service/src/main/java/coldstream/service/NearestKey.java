package coldstream.service;

import java.util.Collection;
import java.util.Comparator;

/** The known key that a mistyped one most likely means: the one fewest single-letter edits away. */
final class NearestKey {

    private NearestKey() {}

    /** @param known not empty */
    static String of(String key, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(candidate -> edits(key, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Levenshtein's distance, two rows at a time. */
    private static int edits(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
