package coldstream.trainer.learning.gate;

import java.util.List;

/**
 * Trust by what clicks would have taught anyway: a step on labelled rows alone that widens the margins of pairs trained before
 * it speaks for their gate, one that narrows them against. With r the change of a pair's margin, (w, b) descend
 *
 * <pre>
 * L = − mean of (r / s) α,   s the standard deviation of r over the pairs
 * </pre>
 *
 * the look-back finite difference of the two-level problem's gradient. It is short-sighted: a batch seldom touches the rows of
 * a cold user, so r is near 0 exactly where guidance is for.
 */
final class Meta extends LinearGate {

    private static final double SMALLEST = 1e-12;

    Meta(double rate) {
        super(new LinearTrust(rate, 0));
    }

    double[] gradient(List<Moved> pairs) {
        double mean = pairs.stream().mapToDouble(Moved::change).sum() / pairs.size();
        double square = 0;
        for (Moved pair : pairs) {
            square += (pair.change() - mean) * (pair.change() - mean) / pairs.size();
        }
        double deviation = Math.sqrt(square) + SMALLEST;
        double[] gradient = new double[LinearTrust.SIZE];
        for (Moved pair : pairs) {
            double byAlpha = -pair.change() / deviation / pairs.size();
            trust.add(gradient, pair.better(), byAlpha / 2);
            trust.add(gradient, pair.worse(), byAlpha / 2);
        }
        return gradient;
    }

    @Override
    public boolean looksBack() {
        return true;
    }

    @Override
    public void moved(List<Moved> pairs) {
        if (!pairs.isEmpty()) {
            trust.step(gradient(pairs));
        }
    }
}
