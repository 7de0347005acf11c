package coldstream.trainer.learning.gate;

/** Adam (Kingma and Ba 2015) for a handful of doubles. */
final class Adam {

    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double FLOOR = 1e-8;

    final double[] mean;
    final double[] square;
    long updates;

    Adam(int size) {
        mean = new double[size];
        square = new double[size];
    }

    /** Moves {@code weights} against the gradient. */
    void step(double[] weights, double[] gradient, double rate) {
        updates++;
        double meanBias = 1 - StrictMath.pow(FIRST, (double) updates);
        double squareBias = 1 - StrictMath.pow(SECOND, (double) updates);
        for (int k = 0; k < weights.length; k++) {
            mean[k] = FIRST * mean[k] + (1 - FIRST) * gradient[k];
            square[k] = SECOND * square[k] + (1 - SECOND) * gradient[k] * gradient[k];
            weights[k] -= rate * (mean[k] / meanBias) / (Math.sqrt(square[k] / squareBias) + FLOOR);
        }
    }
}
