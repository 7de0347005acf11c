package coldstream.trainer.learning.gate;

import java.util.List;
import java.util.Map;

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
final class PriorKl implements Gate {

    private final double logPriorOdds;
    private final double strength;
    private final LinearTrust trust;

    PriorKl(double rate, double prior, double strength) {
        logPriorOdds = logOdds(prior);
        this.strength = strength;
        trust = new LinearTrust(rate, logPriorOdds);
    }

    private static double logOdds(double probability) {
        return StrictMath.log(probability / (1 - probability));
    }

    @Override
    public double alpha(Signals z) {
        return trust.alpha(z);
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

    @Override
    public List<Double> weights() {
        return trust.list();
    }

    @Override
    public Map<String, List<Double>> state() {
        return trust.state();
    }

    @Override
    public void restore(Map<String, List<Double>> state) {
        trust.restore(state);
    }
}
