package coldstream.trainer.learning;

import coldstream.model.Logistic;
import coldstream.model.Trust;
import java.util.List;

/**
 * The language model's signal t added to a logit as far as it has proved right: s' = s + a t.
 *
 * <p>Whether it has is read off comparisons between what a user took (i) and what was drawn against it (j), each predicted
 * before it is learnt from. They follow
 *
 * <pre>
 * P(i before j) = σ(s<sub>i</sub> − s<sub>j</sub> + w·x),   x = z<sub>i</sub> t<sub>i</sub> − z<sub>j</sub> t<sub>j</sub>
 * </pre>
 *
 * with z the length of the history (one of {@link Trust#HISTORIES}), tail and new. w is fitted by Newton steps that keep the
 * information A of all comparisons so far: A += Σ p(1−p) x xᵀ, w += A⁻¹ Σ (1−p) x. So each weight moves by the evidence
 * that bears on it, however rare its users are. Before any evidence w is 0, as sure as {@code prior} units of information
 * make it; older evidence fades over {@code memory} comparisons.
 *
 * <p>The trust served is what w·z exceeds its own standard error by: a = max(0, w·z − √(zᵀA⁻¹z)). A signal that says
 * nothing earns nothing, and little evidence earns little.
 */
final class Residual {

    /** Weights: the lengths of history, tail, new. */
    static final int SIZE = Trust.HISTORIES + Trust.KINDS - 1;

    /**
     * A comparison.
     *
     * @param difference s(taken) − s(drawn), without the residual
     */
    record Comparison(double difference, Input taken, Input drawn) {}

    /**
     * A signal and where it stands.
     *
     * @param history of {@link Trust#history}
     * @param kind of {@link Trust#kind}
     */
    record Input(double signal, int history, int kind) {

        /** Adds {@code factor} z t to x. */
        void addTo(double[] x, double factor) {
            x[history] += factor * signal;
            if (kind > 0) {
                x[Trust.HISTORIES + kind - 1] += factor * signal;
            }
        }
    }

    private final double prior;
    private final double memory;
    final double[] weights = new double[SIZE];

    /** A (SIZE, SIZE), row by row. */
    final double[] information = new double[SIZE * SIZE];

    /** a by {@link Trust#cell}; follows from the other two. */
    private final double[] trust = new double[Trust.HISTORIES * Trust.KINDS];

    /**
     * @param prior information that w is 0, in each direction
     * @param memory comparisons after which evidence has faded to a third
     */
    Residual(double prior, double memory) {
        this.prior = prior;
        this.memory = memory;
        for (int k = 0; k < SIZE; k++) {
            information[k * SIZE + k] = prior;
        }
    }

    /** a t: what is added to the logit. */
    double add(Input input) {
        return trust[Trust.cell(input.history, input.kind)] * input.signal;
    }

    /** a by {@link Trust#cell}. */
    double[] trust() {
        return trust.clone();
    }

    /** One Newton step on the comparisons together. */
    void learn(List<Comparison> comparisons) {
        if (comparisons.isEmpty()) {
            return;
        }
        fade(Math.exp(-comparisons.size() / memory));
        double[] pull = new double[SIZE];
        for (Comparison comparison : comparisons) {
            double[] x = new double[SIZE];
            comparison.taken.addTo(x, 1);
            comparison.drawn.addTo(x, -1);
            double difference = comparison.difference;
            for (int k = 0; k < SIZE; k++) {
                difference += weights[k] * x[k];
            }
            double wrong = Logistic.sigmoid(-difference);
            for (int k = 0; k < SIZE; k++) {
                pull[k] += wrong * x[k];
                for (int j = 0; j < SIZE; j++) {
                    information[k * SIZE + j] += wrong * (1 - wrong) * x[k] * x[j];
                }
            }
        }
        double[] step = new PositiveMatrix(information, SIZE).solve(pull);
        for (int k = 0; k < SIZE; k++) {
            weights[k] += step[k];
        }
        judge();
    }

    /** Evidence fades, the prior does not: what is no longer borne out goes back to 0. */
    private void fade(double keep) {
        double[] evidence = new double[SIZE];
        for (int k = 0; k < SIZE; k++) {
            for (int j = 0; j < SIZE; j++) {
                evidence[k] += keep * information[k * SIZE + j] * weights[j];
            }
        }
        for (int k = 0; k < SIZE; k++) {
            for (int j = 0; j < SIZE; j++) {
                double floor = k == j ? prior : 0;
                information[k * SIZE + j] = floor + keep * (information[k * SIZE + j] - floor);
            }
        }
        System.arraycopy(new PositiveMatrix(information, SIZE).solve(evidence), 0, weights, 0, SIZE);
    }

    /** Takes a(z) anew from weights and information. */
    void judge() {
        var matrix = new PositiveMatrix(information, SIZE);
        for (int history = 0; history < Trust.HISTORIES; history++) {
            for (int kind = 0; kind < Trust.KINDS; kind++) {
                double[] z = new double[SIZE];
                new Input(1, history, kind).addTo(z, 1);
                double[] spread = matrix.solve(z);
                double estimate = 0;
                double variance = 0;
                for (int k = 0; k < SIZE; k++) {
                    estimate += weights[k] * z[k];
                    variance += spread[k] * z[k];
                }
                trust[Trust.cell(history, kind)] = Math.max(0, estimate - Math.sqrt(variance));
            }
        }
    }
}
