package coldstream.trainer.learning;

/**
 * A setting of the learner, in words.
 *
 * @param name such as {@code item-row-start}
 * @param value the default
 * @param meaning what it does, with unit and bounds
 */
public record Knob(String name, String value, String meaning) {}
