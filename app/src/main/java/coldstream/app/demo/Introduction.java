package coldstream.app.demo;

import coldstream.app.Panel;
import coldstream.domain.Item;
import coldstream.domain.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A user before and after their first events.
 *
 * @param before what serving recommended to a stranger
 * @param taken what they took then
 * @param after what serving recommended next
 */
record Introduction(UserId user, ServingView before, List<Item> taken, ServingView after) {

    private static final ServingView NOTHING = new ServingView("", List.of());

    /** Nobody was new enough. */
    static final Introduction NONE = new Introduction(new UserId("nobody"), NOTHING, List.of(), NOTHING);

    /** Prints it. */
    void tell(Panel panel) {
        if (equals(NONE)) {
            panel.say("no user of this stream had enough events to be introduced");
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("user " + user + ", before their first event (version " + before.version() + "):");
        lines.addAll(numbered(before));
        lines.add("then they took:");
        taken.forEach(item -> lines.add("      " + item.displayName()));
        lines.add("and were recommended (version " + after.version() + "):");
        lines.addAll(numbered(after));
        panel.say(lines.toArray(String[]::new));
    }

    private static List<String> numbered(ServingView view) {
        List<String> lines = new ArrayList<>();
        for (ServingView.Recommended item : view.items()) {
            lines.add(String.format(Locale.ROOT, "  %2d. %s (%s)", lines.size() + 1, item.title(), item.item()));
        }
        return lines;
    }
}
