package coldstream.scorer.model;

import java.util.regex.Pattern;

/** The short names of candidates: c1, c2, … in the order shown. They say nothing, and cannot be echoed from elsewhere. */
final class Label {

    private static final Pattern FORM = Pattern.compile("c[1-9][0-9]{0,2}");

    private Label() {}

    /** @param index from 0 */
    static String of(int index) {
        return "c" + (index + 1);
    }

    /** The candidate's index, or −1 where the text is no label of {@code candidates} of them. */
    static int index(String label, int candidates) {
        if (!FORM.matcher(label).matches()) {
            return -1;
        }
        int index = Integer.parseInt(label.substring(1)) - 1;
        return index < candidates ? index : -1;
    }
}
