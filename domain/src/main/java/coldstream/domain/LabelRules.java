package coldstream.domain;

import static coldstream.domain.Check.check;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What each event type says about a user's taste.
 *
 * @param rules by event type; a type without a rule is unknown and refused
 */
public record LabelRules(Map<String, Rule> rules) {

    /** Every interaction is a positive, whatever its value; the stars of a rating are kept as its strength. */
    public static final LabelRules IMPLICIT = new LabelRules(Map.of(
            "impression", new Rule(Kind.IMPRESSION, 0, 0),
            "click", new Rule(Kind.POSITIVE, 2, 0),
            "cart", new Rule(Kind.POSITIVE, 3, 0),
            "purchase", new Rule(Kind.POSITIVE, 4, 0),
            "rating", new Rule(Kind.RATING, 2, Rule.NONE)));

    /** As {@link #IMPLICIT}, but a rating below 4 is a negative. */
    public static final LabelRules EXPLICIT = IMPLICIT.with("rating", new Rule(Kind.RATING, 0, 4));

    /** How a type becomes a label. */
    public enum Kind {
        /** Shown; a negative only when its click window closes without a click. */
        IMPRESSION,
        /** Label 1 with the rule's strength. */
        POSITIVE,
        /** Label 1 if the value is at least the threshold, else 0; the strength is the value, or the rule's without one. */
        RATING
    }

    /**
     * @param strength ordinal strength of a positive
     * @param threshold least value that makes a rating a positive; {@link #NONE} where every rating is one
     */
    public record Rule(Kind kind, double strength, double threshold) {

        /** No threshold: a rating needs no value either. */
        public static final double NONE = Double.NEGATIVE_INFINITY;
    }

    /** A label in {0, 1} with its ordinal strength. */
    public record Label(int value, OptionalDouble strength) {}

    public LabelRules {
        rules = Map.copyOf(rules);
    }

    private LabelRules with(String type, Rule rule) {
        var changed = new java.util.HashMap<>(rules);
        changed.put(type, rule);
        return new LabelRules(changed);
    }

    public Optional<Rule> find(String type) {
        return Optional.ofNullable(rules.get(type));
    }

    public boolean isImpression(Interaction interaction) {
        return find(interaction.type())
                .filter(rule -> rule.kind() == Kind.IMPRESSION)
                .isPresent();
    }

    /**
     * The label of anything but an impression.
     *
     * @throws IllegalArgumentException if the type is unknown, an impression, or a rating without a value
     */
    public Label label(Interaction interaction) {
        Rule rule = find(interaction.type())
                .orElseThrow(() -> new IllegalArgumentException("type must be one of "
                        + rules.keySet().stream().sorted().toList() + ", got " + interaction.type()));
        return switch (rule.kind()) {
            case IMPRESSION ->
                throw new IllegalArgumentException("an impression has no label before its window closes");
            case POSITIVE -> new Label(1, OptionalDouble.of(rule.strength()));
            case RATING -> {
                boolean always = rule.threshold() == Rule.NONE;
                check(always || interaction.value().isPresent(), "a %s must have a value", interaction.type());
                double value = interaction.value().orElse(rule.strength());
                yield new Label(value >= rule.threshold() ? 1 : 0, OptionalDouble.of(value));
            }
        };
    }
}
