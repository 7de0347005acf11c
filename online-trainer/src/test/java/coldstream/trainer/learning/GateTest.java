package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.model.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private final Draws draws = Draws.of(1, "gate test");

    private Signals anything() {
        return new Signals(draws.below(2), draws.below(2), draws.uniform());
    }

    private List<Gate.Hinge> hinges() {
        List<Gate.Hinge> hinges = new ArrayList<>();
        int size = 1 + draws.below(64);
        for (int k = 0; k < size; k++) {
            hinges.add(new Gate.Hinge(anything(), anything(), Math.max(0, 3 * draws.uniform() - 1)));
        }
        return hinges;
    }

    private static List<Signals> corners() {
        List<Signals> corners = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            corners.add(new Signals(k & 1, k >> 1 & 1, k >> 2 & 1));
        }
        return corners;
    }

    @Test
    void theLiteralGradientIsNeverNegativeSoTheLiteralGateOnlyFalls() {
        Gate gate = new Gate(GateMode.LITERAL, 1e-3, 0);
        for (int batch = 0; batch < 1000; batch++) {
            List<Gate.Hinge> hinges = hinges();
            assertThat(Arrays.stream(gate.literalGradient(hinges, 0.1))).allMatch(g -> g >= 0);
            List<Double> before = corners().stream().map(gate::alpha).toList();
            gate.trained(hinges, 0.1);
            for (int k = 0; k < before.size(); k++) {
                assertThat(gate.alpha(corners().get(k))).isLessThanOrEqualTo(before.get(k));
            }
        }
        assertThat(gate.alpha(new Signals(1, 1, 1))).isLessThan(gate.alpha(new Signals(0, 0, 0)));
    }

    /** With κ = +1 at rate c, the expected loss is least where α = 2c − 1. */
    @ParameterizedTest(name = "a language model right {0} of the time")
    @ValueSource(doubles = {0.5, 0.7, 0.9})
    void theReliabilityGateFindsHowFarTheLanguageModelIsBetterThanChance(double right) {
        Gate gate = new Gate(GateMode.RELIABILITY, 5e-3, 1e-3);
        double mean = 0;
        int steps = 4000;
        int counted = 1000;
        for (int step = 0; step < steps; step++) {
            List<Gate.Gold> golds = new ArrayList<>();
            for (int k = 0; k < 30; k++) {
                golds.add(new Gate.Gold(anything(), anything(), draws.uniform() < right ? 1 : -1));
            }
            gate.realised(golds);
            if (step >= steps - counted) {
                for (Signals corner : corners()) {
                    mean += gate.alpha(corner) / (8.0 * counted);
                }
            }
        }
        assertThat(mean).isEqualTo(2 * right - 1, within(0.05));
    }

    @Test
    void theReliabilityGateTellsWhereTheLanguageModelIsRight() {
        Gate gate = new Gate(GateMode.RELIABILITY, 5e-3, 1e-3);
        for (int step = 0; step < 3000; step++) {
            List<Gate.Gold> golds = new ArrayList<>();
            for (int k = 0; k < 30; k++) {
                int cold = draws.below(2);
                double right = cold > 0 ? 0.9 : 0.55;
                Signals z = new Signals(cold, 0, 0.5);
                golds.add(new Gate.Gold(z, z, draws.uniform() < right ? 1 : -1));
            }
            gate.realised(golds);
        }
        assertThat(gate.alpha(new Signals(1, 0, 0.5))).isEqualTo(0.8, within(0.08));
        assertThat(gate.alpha(new Signals(0, 0, 0.5))).isEqualTo(0.1, within(0.08));
    }

    /** The gradient against central differences of the loss as the Javadoc states it. */
    @Test
    void theReliabilityGradientIsThatOfItsLoss() {
        Gate gate = new Gate(GateMode.RELIABILITY, 5e-3, 1e-3);
        double[] w = {0.3, -0.4, 0.2, -0.5};
        System.arraycopy(w, 0, gate.weights, 0, 4);
        List<Gate.Gold> golds = new ArrayList<>();
        for (int k = 0; k < 20; k++) {
            golds.add(new Gate.Gold(anything(), anything(), draws.below(2) * 2 - 1));
        }
        double[] gradient = gate.reliabilityGradient(golds);
        for (int k = 0; k < 4; k++) {
            gate.weights[k] = w[k] + 1e-6;
            double above = loss(gate, golds);
            gate.weights[k] = w[k] - 1e-6;
            double below = loss(gate, golds);
            gate.weights[k] = w[k];
            assertThat(gradient[k]).isEqualTo((above - below) / 2e-6, within(1e-7));
        }
    }

    private static double loss(Gate gate, List<Gate.Gold> golds) {
        double loss = 0;
        for (Gate.Gold gold : golds) {
            double alpha = (gate.alpha(gold.taken()) + gate.alpha(gold.left())) / 2;
            loss -= Math.log((1 + gold.agreement() * alpha) / 2) / golds.size();
        }
        double[] start = {0, 0, 0, -1};
        for (int k = 0; k < 4; k++) {
            loss += 1e-3 / 2 * (gate.weights[k] - start[k]) * (gate.weights[k] - start[k]);
        }
        return loss;
    }

    @Test
    void offTrustsNothingAndGlobalEverything() {
        assertThat(new Gate(GateMode.OFF, 1, 0).alpha(anything(), anything())).isZero();
        assertThat(new Gate(GateMode.GLOBAL, 1, 0).alpha(anything(), anything()))
                .isEqualTo(1);
    }
}
