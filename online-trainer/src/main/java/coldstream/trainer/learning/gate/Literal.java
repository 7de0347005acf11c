package coldstream.trainer.learning.gate;

import java.util.List;

/**
 * The paper's rule: (w, b) descend the gated pair loss itself, L = weight · mean of α h. Since h ≥ 0 and z ≥ 0 no entry of the
 * gradient is ever negative, so alpha only falls, fastest where z is largest.
 */
final class Literal extends LinearGate {

    Literal(double rate) {
        super(new LinearTrust(rate, 0));
    }

    double[] gradient(List<Hinge> pairs, double weight) {
        double[] gradient = new double[LinearTrust.SIZE];
        for (Hinge pair : pairs) {
            double byAlpha = weight * pair.hinge() / pairs.size();
            trust.add(gradient, pair.better(), byAlpha / 2);
            trust.add(gradient, pair.worse(), byAlpha / 2);
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
