package coldstream.trainer.learning;

import coldstream.model.Logistic;
import coldstream.model.Signal;
import coldstream.model.Trust;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The language model's signal added to a logit as far as it has proved right: s' = s + Σ<sub>k</sub> a<sub>k</sub>
 * t<sub>k</sub>, t<sub>k</sub> being the signal's parts: a line, or a line with bends ({@link Signal#part}).
 *
 * <p>Whether it has is read off comparisons between what a user took (i) and what was drawn against it (j), each predicted
 * before it is learnt from. They follow
 *
 * <pre>
 * P(i before j) = σ(s<sub>i</sub> − s<sub>j</sub> + w·x),   x = t<sub>i</sub> ⊗ z<sub>i</sub> − t<sub>j</sub> ⊗ z<sub>j</sub>
 * </pre>
 *
 * with z the length of the history (one of {@link Trust#HISTORIES}), tail and new. w is fitted by Newton steps that keep the
 * information A of all comparisons so far: A += Σ p(1−p) x xᵀ, w += A⁻¹ Σ (1−p) x. So each weight moves by the evidence
 * that bears on it, however rare its users are. Before any evidence w is 0, as sure as {@code prior} units of information
 * make it; older evidence fades over {@code memory} comparisons.
 *
 * <p>The trust served is what w·z exceeds its own standard error by, times {@code caution}: a = max(0, w·z − c √(zᵀA⁻¹z)). A
 * signal that says nothing earns nothing, and little evidence earns little.
 */
final class Residual {

    /** Weights of a part: the lengths of history, tail, new. */
    private static final int CELLS = Trust.HISTORIES + Trust.KINDS - 1;

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
    record Input(Signal signal, int history, int kind) {}

    private final double prior;
    private final double memory;
    private final double caution;
    private final int[] looked;
    private final int parts;
    private final int size;
    final double[] weights;

    /** A (size, size), row by row. */
    final double[] information;

    /** a by part and {@link Trust#cell}; follows from the other two. */
    private final double[][] trust;

    /**
     * @param looked parts of the signal looked at, see {@link Signal#part}
     * @param prior information that w is 0, in each direction
     * @param memory comparisons after which evidence has faded to a third
     * @param caution standard errors taken off
     */
    Residual(int[] looked, double prior, double memory, double caution) {
        this.looked = looked.clone();
        this.parts = looked.length;
        this.prior = prior;
        this.memory = memory;
        this.caution = caution;
        size = parts * CELLS;
        weights = new double[size];
        information = new double[size * size];
        trust = new double[parts][Trust.HISTORIES * Trust.KINDS];
        for (int k = 0; k < size; k++) {
            information[k * size + k] = prior;
        }
    }

    /** @param first parts of the signal looked at: {@link Signal#LINE} or {@link Signal#PARTS} */
    Residual(int first, double prior, double memory, double caution) {
        this(parts(first, false), prior, memory, caution);
    }

    /** The first parts of a signal, and what a profile says if wanted. */
    static int[] parts(int first, boolean profile) {
        return IntStream.concat(IntStream.range(0, first), profile ? IntStream.of(Signal.PROFILE) : IntStream.empty())
                .toArray();
    }

    /** Σ a t: what is added to the logit. */
    double add(Input input) {
        int cell = Trust.cell(input.history, input.kind);
        double sum = 0;
        for (int part = 0; part < parts; part++) {
            sum += trust[part][cell] * input.signal.part(looked[part]);
        }
        return sum;
    }

    /** a by part and {@link Trust#cell}. */
    double[][] trust() {
        return Arrays.stream(trust).map(double[]::clone).toArray(double[][]::new);
    }

    /** One Newton step on the comparisons together. */
    void learn(List<Comparison> comparisons) {
        if (comparisons.isEmpty()) {
            return;
        }
        fade(StrictMath.exp(-comparisons.size() / memory));
        double[] pull = new double[size];
        for (Comparison comparison : comparisons) {
            double[] x = new double[size];
            addTo(x, comparison.taken, 1);
            addTo(x, comparison.drawn, -1);
            learn(x, comparison.difference, pull);
        }
        double[] step = new PositiveMatrix(information, size).solve(pull);
        for (int k = 0; k < size; k++) {
            weights[k] += step[k];
        }
        judge();
    }

    /** Adds {@code factor} t ⊗ z. */
    private void addTo(double[] x, Input input, double factor) {
        for (int part = 0; part < parts; part++) {
            double value = factor * input.signal.part(looked[part]);
            x[part * CELLS + input.history] += value;
            if (input.kind > 0) {
                x[part * CELLS + Trust.HISTORIES + input.kind - 1] += value;
            }
        }
    }

    private void learn(double[] x, double difference, double[] pull) {
        int[] set = IntStream.range(0, size).filter(k -> x[k] != 0).toArray();
        double sum = difference;
        for (int k : set) {
            sum += weights[k] * x[k];
        }
        double wrong = Logistic.sigmoid(-sum);
        for (int k : set) {
            pull[k] += wrong * x[k];
            for (int j : set) {
                information[k * size + j] += wrong * (1 - wrong) * x[k] * x[j];
            }
        }
    }

    /** Evidence fades, the prior does not: what is no longer borne out goes back to 0. */
    private void fade(double keep) {
        double[] evidence = new double[size];
        for (int k = 0; k < size; k++) {
            for (int j = 0; j < size; j++) {
                evidence[k] += keep * information[k * size + j] * weights[j];
            }
        }
        for (int k = 0; k < size; k++) {
            for (int j = 0; j < size; j++) {
                double floor = k == j ? prior : 0;
                information[k * size + j] = floor + keep * (information[k * size + j] - floor);
            }
        }
        System.arraycopy(new PositiveMatrix(information, size).solve(evidence), 0, weights, 0, size);
    }

    /** Takes a(z) anew from weights and information. */
    void judge() {
        double[][] spread = new PositiveMatrix(information, size).inverse();
        for (int part = 0; part < parts; part++) {
            for (int history = 0; history < Trust.HISTORIES; history++) {
                for (int kind = 0; kind < Trust.KINDS; kind++) {
                    int first = part * CELLS + history;
                    int second = part * CELLS + Trust.HISTORIES + kind - 1;
                    double estimate = weights[first];
                    double variance = spread[first][first];
                    if (kind > 0) {
                        estimate += weights[second];
                        variance += 2 * spread[first][second] + spread[second][second];
                    }
                    trust[part][Trust.cell(history, kind)] = Math.max(0, estimate - caution * Math.sqrt(variance));
                }
            }
        }
    }
}
