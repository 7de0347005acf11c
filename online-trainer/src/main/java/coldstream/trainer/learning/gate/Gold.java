package coldstream.trainer.learning.gate;

/**
 * A realised comparison: the user took one item and not the other, and both had scores before.
 *
 * @param taken signals of the item taken
 * @param left signals of the item not taken
 * @param agreement κ: +1 where the language model ordered them so, −1 where it did not
 */
public record Gold(Signals taken, Signals left, int agreement) {}
