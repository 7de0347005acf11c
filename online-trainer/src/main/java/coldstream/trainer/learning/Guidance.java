package coldstream.trainer.learning;

import static coldstream.domain.Check.check;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How a language model's judgement reaches the predictions: arms that combine with {@code +}. */
public record Guidance(Set<Arm> arms) {

    /** One way. */
    public enum Arm {
        /** A gated hinge on pairs the language model ordered. */
        S_LLMR,
        /** A gated squared distance between the predicted probability and the language model's score: an ablation. */
        POINTWISE_MSE,
        /** A gated cross-entropy towards the language model's score: an ablation. */
        POINTWISE_BCE,
        /** The language model's signal added to the logit, as far as it has proved right. */
        RESIDUAL,
        /** As the residual, but the signal is how well an item fits what a language model wrote of the user. */
        PROFILE,
        /** The language model's signal as an input of the backbone. */
        TEACHER_FIELD;

        /** Such as {@code s-llmr}. */
        @Override
        public String toString() {
            return name().replace('_', '-').toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> NAMES =
            Arrays.stream(Arm.values()).map(Arm::toString).toList();

    public Guidance {
        arms = Set.copyOf(arms);
    }

    /** Reads {@code none}, or arms such as {@code s-llmr+residual}. */
    public static Guidance parse(String text) {
        EnumSet<Arm> arms = EnumSet.noneOf(Arm.class);
        if (!text.equals("none")) {
            for (String name : text.split("\\+", -1)) {
                check(NAMES.contains(name), "guidance must be none, or some of %s joined by +, got %s", NAMES, text);
                arms.add(Arm.values()[NAMES.indexOf(name)]);
            }
        }
        return new Guidance(arms);
    }

    public boolean has(Arm arm) {
        return arms.contains(arm);
    }

    /** Whether stored scores are trained on, in a pass of their own. */
    boolean trains() {
        return has(Arm.S_LLMR) || has(Arm.POINTWISE_MSE) || has(Arm.POINTWISE_BCE);
    }

    /** Whether a signal for every user and item is needed. */
    boolean signals() {
        return adds() || has(Arm.TEACHER_FIELD);
    }

    /** Whether something is added to the logit, as far as it has proved right. */
    boolean adds() {
        return has(Arm.RESIDUAL) || has(Arm.PROFILE);
    }

    /** The form {@link #parse} reads. */
    @Override
    public String toString() {
        return arms.isEmpty()
                ? "none"
                : arms.stream().sorted().map(Arm::toString).collect(Collectors.joining("+"));
    }
}
