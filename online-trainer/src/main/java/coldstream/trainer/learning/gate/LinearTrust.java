package coldstream.trainer.learning.gate;

import coldstream.model.Logistic;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** alpha = σ(w·z + b): four doubles, moved by Adam. */
final class LinearTrust {

    static final int SIZE = Signals.SIZE + 1;

    private final double rate;
    private final double bias;
    final double[] weights = new double[SIZE];
    private final Adam adam = new Adam(SIZE);

    /**
     * @param rate of Adam
     * @param bias b at the start; w starts at 0
     */
    LinearTrust(double rate, double bias) {
        this.rate = rate;
        this.bias = bias;
        weights[SIZE - 1] = bias;
    }

    double start(int k) {
        return k == SIZE - 1 ? bias : 0;
    }

    double alpha(Signals z) {
        double sum = weights[SIZE - 1];
        for (int k = 0; k < Signals.SIZE; k++) {
            sum += weights[k] * z.get(k);
        }
        return Logistic.sigmoid(sum);
    }

    /** Adds the gradient by (w, b) of a loss whose derivative by alpha(z) is {@code byAlpha}. */
    void add(double[] gradient, Signals z, double byAlpha) {
        double alpha = alpha(z);
        double slope = byAlpha * alpha * (1 - alpha);
        for (int k = 0; k < Signals.SIZE; k++) {
            gradient[k] += slope * z.get(k);
        }
        gradient[SIZE - 1] += slope;
    }

    void step(double[] gradient) {
        adam.step(weights, gradient, rate);
    }

    List<Double> list() {
        return Numbers.of(weights);
    }

    Map<String, List<Double>> state() {
        return Map.of(
                "weights", list(),
                "mean", Numbers.of(adam.mean),
                "square", Numbers.of(adam.square),
                "updates", Numbers.of((double) adam.updates));
    }

    void restore(Map<String, List<Double>> state) {
        fill(weights, state, "weights");
        fill(adam.mean, state, "mean");
        fill(adam.square, state, "square");
        double[] updates = new double[1];
        fill(updates, state, "updates");
        adam.updates = (long) updates[0];
    }

    static void fill(double[] into, Map<String, List<Double>> state, String name) {
        Numbers.write(Objects.requireNonNull(state.get(name), name), into);
    }
}
