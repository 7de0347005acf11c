package coldstream.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The gradient of each gate's loss against central differences of the loss, which is written here a second time, from its
 * formula and with a sigmoid of its own: a wrong sign, factor or derivative shows.
 */
class GradientTest {

    private static final double LAMBDA = 0.3;
    private static final double[] WEIGHTS = {0.3, -0.4, 0.2, -0.5};

    private final Anything anything = new Anything(2);

    /** α = 1 / (1 + e⁻ʷᶻ). */
    private static double alpha(double[] w, Signals z) {
        double tail = z.kind() == Signals.Kind.HEAD ? 0 : 1;
        return 1 / (1 + Math.exp(-(w[0] * (z.cold() ? 1 : 0) + w[1] * tail + w[2] * z.uncertainty() + w[3])));
    }

    private static double alpha(double[] w, Signals one, Signals other) {
        return (alpha(w, one) + alpha(w, other)) / 2;
    }

    private static <G extends Gate> void check(
            G gate, Function<G, double[]> gradient, ToDoubleFunction<double[]> loss) {
        List<Double> zeros = List.of(0.0, 0.0, 0.0, 0.0);
        gate.restore(Map.of(
                "weights",
                List.of(WEIGHTS[0], WEIGHTS[1], WEIGHTS[2], WEIGHTS[3]),
                "mean",
                zeros,
                "square",
                zeros,
                "updates",
                List.of(0.0)));
        double[] found = gradient.apply(gate);
        for (int k = 0; k < WEIGHTS.length; k++) {
            double[] above = WEIGHTS.clone();
            double[] below = WEIGHTS.clone();
            above[k] += 1e-5;
            below[k] -= 1e-5;
            double expected = (loss.applyAsDouble(above) - loss.applyAsDouble(below)) / 2e-5;
            assertThat(found[k]).isEqualTo(expected, within(1e-8));
            assertThat(Math.abs(found[k])).isGreaterThan(1e-5);
        }
    }

    @Test
    void reliability() {
        List<Gold> golds = anything.golds(20, 0.6);
        double[] start = {0, 0, 0, -1};
        check(new Reliability(1, 1e-3), gate -> gate.gradient(golds), w -> {
            double loss = 0;
            for (Gold gold : golds) {
                loss -= Math.log((1 + gold.agreement() * alpha(w, gold.taken(), gold.left())) / 2) / golds.size();
            }
            for (int k = 0; k < w.length; k++) {
                loss += 1e-3 / 2 * (w[k] - start[k]) * (w[k] - start[k]);
            }
            return loss;
        });
    }

    @Test
    void literal() {
        List<Hinge> pairs = anything.hinges(20);
        check(new Literal(1), gate -> gate.gradient(pairs, LAMBDA), w -> {
            double loss = 0;
            for (Hinge pair : pairs) {
                loss += LAMBDA * alpha(w, pair.better(), pair.worse()) * pair.hinge() / pairs.size();
            }
            return loss;
        });
    }

    @Test
    void priorKl() {
        List<Hinge> pairs = anything.hinges(20);
        double prior = 0.4;
        double strength = 0.2;
        check(new PriorKl(1, prior, strength), gate -> gate.gradient(pairs, LAMBDA), w -> {
            double loss = 0;
            for (Hinge pair : pairs) {
                loss += LAMBDA * alpha(w, pair.better(), pair.worse()) * pair.hinge() / pairs.size();
                for (Signals z : List.of(pair.better(), pair.worse())) {
                    double a = alpha(w, z);
                    double divergence = a * Math.log(a / prior) + (1 - a) * Math.log((1 - a) / (1 - prior));
                    loss += strength * divergence / 2 / pairs.size();
                }
            }
            return loss;
        });
    }

    @Test
    void meta() {
        List<Moved> pairs = anything.moved(20);
        double mean = pairs.stream().mapToDouble(Moved::change).average().orElseThrow();
        double variance = pairs.stream()
                .mapToDouble(pair -> (pair.change() - mean) * (pair.change() - mean))
                .average()
                .orElseThrow();
        check(new Meta(1), gate -> gate.gradient(pairs), w -> {
            double loss = 0;
            for (Moved pair : pairs) {
                loss -= pair.change() / Math.sqrt(variance) * alpha(w, pair.better(), pair.worse()) / pairs.size();
            }
            return loss;
        });
    }
}
