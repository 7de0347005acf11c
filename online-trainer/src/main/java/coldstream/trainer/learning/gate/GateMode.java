package coldstream.trainer.learning.gate;

import static coldstream.domain.Check.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a pair of the language model's is trusted. */
public enum GateMode {
    /** As far as the language model has ordered realised comparisons correctly. */
    RELIABILITY,
    /** The paper's rule: alpha follows the gradient of its own loss, and so only ever falls. */
    LITERAL,
    /** Fully: alpha is 1. */
    GLOBAL,
    /** The mean alpha of a literal gate for every pair alike: what the literal rule does apart from choosing. */
    SCHEDULE,
    /** Not at all: no pair is trained. */
    OFF,
    /** As far as learning from clicks alone moves a pair the language model's way. */
    META,
    /** The paper's rule, held by a prior. */
    PRIOR_KL,
    /** By a table of how often the language model was right, cell by cell, less its uncertainty. */
    CELL;

    /** Reads a name such as {@code prior-kl}. */
    public static GateMode parse(String name) {
        check(names().contains(name), "gate must be one of %s, got %s", names(), name);
        return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** Whether it follows a gradient, and so has a rate. */
    public boolean descends() {
        return switch (this) {
            case RELIABILITY, LITERAL, SCHEDULE, META, PRIOR_KL -> true;
            case GLOBAL, OFF, CELL -> false;
        };
    }

    /** All names, in the order people read them. */
    public static List<String> names() {
        return Arrays.stream(values()).map(GateMode::toString).toList();
    }

    /** The form {@link #parse} reads. */
    @Override
    public String toString() {
        return name().replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
