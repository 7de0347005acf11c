package coldstream.trainer.learning.gate;

import java.util.List;

/**
 * The paper's rule, held by a prior π. (w, b) descend the mean over pairs of
 *
 * <pre>
 * weight · α h + τ (KL(Bern(α<sub>i</sub>) ‖ Bern(π)) + KL(Bern(α<sub>j</sub>) ‖ Bern(π))) / 2
 * </pre>
 *
 * The optimum of an item that is always in pairs of hinge h is α = σ(logit π − weight · h / τ): it cannot collapse to 0, but it
 * still measures how far student and language model disagree, not which of them is right.
 */
final class PriorKl extends LinearGate {

    private final double logPriorOdds;
    private final double strength;

    PriorKl(double rate, double prior, double strength) {
        super(new LinearTrust(rate, logOdds(prior)));
        logPriorOdds = logOdds(prior);
        this.strength = strength;
    }

    private static double logOdds(double probability) {
        return StrictMath.log(probability / (1 - probability));
    }

    double[] gradient(List<Hinge> pairs, double weight) {
        double[] gradient = new double[LinearTrust.SIZE];
        for (Hinge pair : pairs) {
            for (Signals z : List.of(pair.better(), pair.worse())) {
                double byAlpha = weight * pair.hinge() + strength * (logOdds(trust.alpha(z)) - logPriorOdds);
                trust.add(gradient, z, byAlpha / 2 / pairs.size());
            }
        }
        return gradient;
    }

    @Override
    public void trained(List<Hinge> pairs, double weight) {
        if (!pairs.isEmpty()) {
            trust.step(gradient(pairs, weight));
        }
    }
}
