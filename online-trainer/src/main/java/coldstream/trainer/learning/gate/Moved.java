package coldstream.trainer.learning.gate;

/**
 * A pair after a step on labelled rows that were not known when it was trained.
 *
 * @param change of the better item's logit less the worse one's; 0 where the pair's hinge did not pull
 */
public record Moved(Signals better, Signals worse, double change) {}
