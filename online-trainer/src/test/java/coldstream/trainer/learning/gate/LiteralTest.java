package coldstream.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the paper's rule does, and the two that are made of it. */
class LiteralTest {

    private final Anything anything = new Anything(1);

    @Test
    void itsGradientIsNeverNegativeSoAlphaOnlyFalls() {
        Literal gate = new Literal(1e-3);
        for (int batch = 0; batch < 1000; batch++) {
            List<Hinge> hinges = anything.hinges(1 + anything.below(64));
            assertThat(Arrays.stream(gate.gradient(hinges, 0.1))).allMatch(g -> g >= 0);
            List<Double> before = Anything.corners().stream().map(gate::alpha).toList();
            gate.trained(hinges, 0.1);
            for (int k = 0; k < before.size(); k++) {
                assertThat(gate.alpha(Anything.corners().get(k))).isLessThanOrEqualTo(before.get(k));
            }
        }
    }

    /** The opposite of what it is meant for, whatever the language model is worth. */
    @Test
    void itComesToTrustTheColdTailLeast() {
        Literal gate = new Literal(1e-3);
        for (int batch = 0; batch < 1500; batch++) {
            gate.trained(anything.hinges(32), 0.1);
        }
        assertThat(gate.alpha(new Signals(true, Signals.Kind.TAIL, 1)))
                .isLessThan(0.5 * gate.alpha(new Signals(false, Signals.Kind.HEAD, 0)));
    }

    @Test
    void theScheduleGivesEveryPairTheMeanOfALiteralGateThatSawTheSamePairs() {
        Literal literal = new Literal(1e-2);
        Gate schedule = new Schedule(new Literal(1e-2));
        for (int batch = 0; batch < 50; batch++) {
            List<Hinge> hinges = anything.hinges(1 + anything.below(16));
            double mean = Arrays.stream(literal.alphas(hinges)).average().orElseThrow();
            assertThat(schedule.alphas(hinges)).containsOnly(mean);
            assertThat(schedule.alpha(anything.signals())).isEqualTo(mean);
            literal.trained(hinges, 0.1);
            schedule.trained(hinges, 0.1);
        }
    }

    /** With weight · h / τ = 1 and a prior of one half the optimum is σ(−1), in every cell. */
    @Test
    void thePriorKeepsItFromCollapsing() {
        Gate gate = new PriorKl(1e-2, 0.5, 0.2);
        for (int step = 0; step < 3000; step++) {
            gate.trained(List.of(new Hinge(anything.signals(), anything.signals(), 2)), 0.1);
        }
        double optimum = 1 / (1 + Math.E);
        assertThat(Anything.corners().stream().map(gate::alpha))
                .allSatisfy(alpha -> assertThat(alpha).isBetween(optimum - 0.02, optimum + 0.02));
    }
}
