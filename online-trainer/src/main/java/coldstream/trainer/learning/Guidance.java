package coldstream.trainer.learning;

import static coldstream.domain.Check.check;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How a language model's judgement reaches the predictions: arms that combine with {@code +}. */
public record Guidance(Set<Arm> arms) {

    /** One way. */
    public enum Arm {
        /** A gated hinge on pairs the language model ordered. */
        S_LLMR,
        /** The language model's signal added to the logit, as far as it has proved right. */
        RESIDUAL
    }

    public Guidance {
        arms = Set.copyOf(arms);
    }

    /** Reads {@code none}, or arms such as {@code s-llmr+residual}. */
    public static Guidance parse(String text) {
        EnumSet<Arm> arms = EnumSet.noneOf(Arm.class);
        if (!text.equals("none")) {
            for (String name : text.split("\\+", -1)) {
                check(
                        name.equals("s-llmr") || name.equals("residual"),
                        "guidance must be none, or s-llmr and residual joined by +, got %s",
                        text);
                arms.add(Arm.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT)));
            }
        }
        return new Guidance(arms);
    }

    public boolean has(Arm arm) {
        return arms.contains(arm);
    }

    /** The form {@link #parse} reads. */
    @Override
    public String toString() {
        return arms.isEmpty()
                ? "none"
                : arms.stream()
                        .sorted()
                        .map(arm -> arm.name().replace('_', '-').toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining("+"));
    }
}
