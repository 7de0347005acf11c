package coldstream.trainer.learning.gate;

import static coldstream.domain.Check.check;

/**
 * What a gate is made from.
 *
 * @param rate of its optimiser
 * @param anchor pull to the start; reliability only
 * @param prior trust before any pair, in (0, 1); prior-kl only
 * @param priorStrength tau, how much the prior holds against the hinge, above 0; prior-kl only
 * @param memory comparisons after which evidence has faded to a third; cell only
 */
public record GateSettings(
        GateMode mode, double rate, double anchor, double prior, double priorStrength, double memory) {

    public GateSettings {
        check(prior > 0 && prior < 1, "gate-prior must be above 0 and below 1, got %s", prior);
        check(priorStrength > 0, "gate-prior-strength must be positive, got %s", priorStrength);
        check(memory >= 1, "gate-memory must be at least 1, got %s", memory);
    }

    /** The same for another mode. */
    public GateSettings with(GateMode other) {
        return new GateSettings(other, rate, anchor, prior, priorStrength, memory);
    }
}
