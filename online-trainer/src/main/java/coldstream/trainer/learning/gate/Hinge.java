package coldstream.trainer.learning.gate;

/**
 * A trained pair.
 *
 * @param hinge h = max(0, margin − difference of the logits)
 */
public record Hinge(Signals better, Signals worse, double hinge) {}
