package coldstream.app.evaluate.drift;

import coldstream.monitor.action.ActionConfig;
import coldstream.monitor.action.ActionKind;
import coldstream.monitor.action.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is done when the watch raises an alarm; each is an arm of the comparison. */
public enum Remedy {
    /** What the others are compared with. */
    NOTHING,
    /** What {@code drift.rules} say about the alarm, as far as it is done to a learner. */
    RULES,
    /** Learning rates are raised for a while where outcomes changed. */
    RAISE_RATES,
    /** The gate forgets what it learnt of the language model where the guidance changed. */
    RESET_GATE,
    /** The language model is asked anew about the users seen last where the guidance changed. */
    FRESH_SCORES,
    /** All of them. */
    ALL;

    /** What can be done to a learner that nobody else sees. */
    private static List<ActionKind> possible() {
        return List.of(ActionKind.RAISE_RATES, ActionKind.RESET_GATE, ActionKind.FRESH_SCORES);
    }

    /** What is to be done about an alarm. */
    List<ActionKind> about(Raised alarm, ActionConfig config) {
        return switch (this) {
            case NOTHING -> List.of();
            case RULES ->
                Rule.actions(config.rules(), alarm.layer(), alarm.signal(), alarm.stratum()).stream()
                        .filter(possible()::contains)
                        .toList();
            case RAISE_RATES -> of(alarm, List.of(ActionKind.RAISE_RATES));
            case RESET_GATE -> of(alarm, List.of(ActionKind.RESET_GATE));
            case FRESH_SCORES -> of(alarm, List.of(ActionKind.FRESH_SCORES));
            case ALL -> of(alarm, possible());
        };
    }

    /** Those that have to do with what changed. */
    private static List<ActionKind> of(Raised alarm, List<ActionKind> kinds) {
        return kinds.stream()
                .filter(kind -> alarm.layer().equals(kind == ActionKind.RAISE_RATES ? "outcome" : "guidance"))
                .toList();
    }

    /** As people write it, such as {@code raise-rates}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Every one as people write it. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Remedy::key).toList();
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public static Remedy parse(String name) {
        return Arrays.stream(values())
                .filter(one -> one.key().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("an action must be one of %s, got %s".formatted(names(), name)));
    }
}
