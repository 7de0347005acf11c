package coldstream.trainer.learning;

import java.util.List;

/**
 * How much a language-model pair counts: alpha = σ(w·z + b) per user and item, the mean of both items for a pair. Always a
 * constant for the backbone; the gate has a loss and an optimiser of its own.
 */
final class Gate {

    private static final int SIZE = 4;
    private static final double RELIABILITY_START = -1;
    private static final double LARGEST = 0.999;

    /**
     * A realised comparison: the user took one item and not the other, and both had scores before.
     *
     * @param taken signals of the item taken
     * @param left signals of the item not taken
     * @param agreement +1 where the language model ordered them so, −1 where it did not
     */
    record Gold(Signals taken, Signals left, int agreement) {}

    /**
     * A trained pair.
     *
     * @param hinge max(0, margin − difference of the logits)
     */
    record Hinge(Signals better, Signals worse, double hinge) {}

    private final GateMode mode;
    private final double rate;
    private final double anchor;
    final double[] weights = new double[SIZE];
    final Adam adam = new Adam(SIZE);

    /**
     * @param rate of the mode's optimiser
     * @param anchor pull to the start, reliability only
     */
    Gate(GateMode mode, double rate, double anchor) {
        this.mode = mode;
        this.rate = rate;
        this.anchor = anchor;
        weights[SIZE - 1] = start(SIZE - 1);
    }

    private double start(int k) {
        return mode == GateMode.RELIABILITY && k == SIZE - 1 ? RELIABILITY_START : 0;
    }

    GateMode mode() {
        return mode;
    }

    double alpha(Signals z) {
        return switch (mode) {
            case OFF -> 0;
            case GLOBAL -> 1;
            case LITERAL, RELIABILITY -> {
                double sum = weights[SIZE - 1];
                for (int k = 0; k < SIZE - 1; k++) {
                    sum += weights[k] * z.get(k);
                }
                yield Logistic.sigmoid(sum);
            }
        };
    }

    double alpha(Signals better, Signals worse) {
        return (alpha(better) + alpha(worse)) / 2;
    }

    /**
     * Gradient by (w, b) of the mean of −ln((1 + κ α) / 2), the proper score whose minimum in a homogeneous cell is α = 2c −
     * 1, c the share of correct orders, plus half the anchor times the squared distance to the start.
     */
    double[] reliabilityGradient(List<Gold> golds) {
        double[] gradient = new double[SIZE];
        for (Gold gold : golds) {
            double alpha = Math.min(alpha(gold.taken, gold.left), LARGEST);
            double byAlpha = -gold.agreement / (1 + gold.agreement * alpha) / golds.size();
            add(gradient, gold.taken, byAlpha / 2);
            add(gradient, gold.left, byAlpha / 2);
        }
        for (int k = 0; k < SIZE; k++) {
            gradient[k] += anchor * (weights[k] - start(k));
        }
        return gradient;
    }

    /** Gradient by (w, b) of weight times the mean of α · hinge: what the paper descends. No entry is ever negative. */
    double[] literalGradient(List<Hinge> hinges, double weight) {
        double[] gradient = new double[SIZE];
        for (Hinge pair : hinges) {
            double byAlpha = weight * pair.hinge / hinges.size();
            add(gradient, pair.better, byAlpha / 2);
            add(gradient, pair.worse, byAlpha / 2);
        }
        return gradient;
    }

    private void add(double[] gradient, Signals z, double byAlpha) {
        double alpha = alpha(z);
        double slope = byAlpha * alpha * (1 - alpha);
        for (int k = 0; k < SIZE - 1; k++) {
            gradient[k] += slope * z.get(k);
        }
        gradient[SIZE - 1] += slope;
    }

    /** Learns from what has come true; only in mode reliability. */
    void realised(List<Gold> golds) {
        if (mode == GateMode.RELIABILITY && !golds.isEmpty()) {
            adam.step(weights, reliabilityGradient(golds), rate);
        }
    }

    /** Learns from the pairs just trained; only in mode literal. */
    void trained(List<Hinge> hinges, double weight) {
        if (mode == GateMode.LITERAL && !hinges.isEmpty()) {
            adam.step(weights, literalGradient(hinges, weight), rate);
        }
    }
}
