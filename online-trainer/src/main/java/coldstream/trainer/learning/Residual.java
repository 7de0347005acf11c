package coldstream.trainer.learning;

import java.util.List;

/**
 * The language model's signal t added to a logit as far as it has proved right: s' = s + a(z) t, a = max(0, w·z), z = [1,
 * cold, tail, new]. w learns from comparisons between what a user took and what was drawn against it, each predicted before
 * it is learnt from; a signal that says nothing earns nothing.
 */
final class Residual {

    static final int SIZE = 4;

    private static final double FIRST_SQUARE = 1e-2;

    /**
     * A comparison.
     *
     * @param difference s'(taken) − s'(drawn)
     * @param taken trust inputs z · t of the item taken
     * @param drawn trust inputs z · t of the item drawn
     */
    record Comparison(double difference, Input taken, Input drawn) {}

    /** A signal and where it stands: t with z's last three. */
    record Input(double signal, double cold, double tail, double fresh) {

        double get(int k) {
            return signal * (k == 0 ? 1 : k == 1 ? cold : k == 2 ? tail : fresh);
        }
    }

    private final double rate;
    final double[] weights = new double[SIZE];
    final double[] squares = new double[SIZE];

    Residual(double rate) {
        this.rate = rate;
        java.util.Arrays.fill(squares, FIRST_SQUARE);
    }

    /** a(z) t: what is added to the logit. */
    double add(Input input) {
        double trust = weights[0] + weights[1] * input.cold + weights[2] * input.tail + weights[3] * input.fresh;
        return Math.max(0, trust) * input.signal;
    }

    /** One Adagrad step on the mean of −ln σ(difference). */
    void learn(List<Comparison> comparisons) {
        if (comparisons.isEmpty()) {
            return;
        }
        double[] gradient = new double[SIZE];
        for (Comparison comparison : comparisons) {
            double wrong = Logistic.sigmoid(-comparison.difference);
            for (int k = 0; k < SIZE; k++) {
                gradient[k] -= wrong * (comparison.taken.get(k) - comparison.drawn.get(k)) / comparisons.size();
            }
        }
        for (int k = 0; k < SIZE; k++) {
            squares[k] += gradient[k] * gradient[k];
            weights[k] -= rate * gradient[k] / Math.sqrt(squares[k]);
        }
    }
}
