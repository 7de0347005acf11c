package coldstream.monitor.action;

import static coldstream.domain.Check.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be done about a drift. */
public enum ActionKind {
    /** Learn faster for so many samples. */
    RAISE_RATES,
    /** No version is promoted by the rules for so long, or until the alarm closes. */
    FREEZE_PROMOTION,
    /** The gate forgets what it learnt of the language model. */
    RESET_GATE,
    /** Ask the language model anew about users of the cells concerned, so many at most. */
    FRESH_SCORES,
    /** The champion before serves again. */
    ROLL_BACK;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ActionKind parse(String text) {
        List<ActionKind> found = Arrays.stream(values())
                .filter(kind -> kind.toString().equals(text))
                .toList();
        check(!found.isEmpty(), "an action must be one of %s, got %s", List.of(values()), text);
        return found.get(0);
    }
}
