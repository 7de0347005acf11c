package coldstream.trainer.learning.gate;

import java.util.List;

/**
 * Trust by what came true. With κ = ±1 for a realised comparison ordered correctly or not, (w, b) descend
 *
 * <pre>
 * L = mean of −ln((1 + κ α) / 2) + anchor / 2 · |(w, b) − (w, b)<sub>start</sub>|²
 * </pre>
 *
 * a proper score whose minimum in a homogeneous cell is α = 2c − 1, c the share ordered correctly: 0 for chance, 1 for a
 * language model that is always right. The student has no part in it, so nothing confirms itself.
 */
final class Reliability extends LinearGate {

    private static final double START = -1;
    private static final double LARGEST = 0.999;

    private final double anchor;

    Reliability(double rate, double anchor) {
        super(new LinearTrust(rate, START));
        this.anchor = anchor;
    }

    double[] gradient(List<Gold> golds) {
        double[] gradient = new double[LinearTrust.SIZE];
        for (Gold gold : golds) {
            double alpha = Math.min(alpha(gold.taken(), gold.left()), LARGEST);
            double byAlpha = -gold.agreement() / (1 + gold.agreement() * alpha) / golds.size();
            trust.add(gradient, gold.taken(), byAlpha / 2);
            trust.add(gradient, gold.left(), byAlpha / 2);
        }
        for (int k = 0; k < LinearTrust.SIZE; k++) {
            gradient[k] += anchor * (trust.weights[k] - trust.start(k));
        }
        return gradient;
    }

    @Override
    public void realised(List<Gold> golds) {
        if (!golds.isEmpty()) {
            trust.step(gradient(golds));
        }
    }
}
