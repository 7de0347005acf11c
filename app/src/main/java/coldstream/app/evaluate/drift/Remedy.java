package coldstream.app.evaluate.drift;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is done when the watch raises an alarm; each is an arm of the comparison. */
public enum Remedy {
    /** What the others are compared with. */
    NOTHING,
    /** Learning rates are raised for a while. */
    RAISE_RATES,
    /** The gate forgets what it learnt of the language model. */
    RESET_GATE,
    /** The language model is asked anew about the users seen last. */
    FRESH_SCORES,
    /** All of them. */
    ALL;

    boolean raisesRates() {
        return this == RAISE_RATES || this == ALL;
    }

    boolean resetsGate() {
        return this == RESET_GATE || this == ALL;
    }

    boolean asksAgain() {
        return this == FRESH_SCORES || this == ALL;
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
