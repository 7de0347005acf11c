package coldstream.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gates that learn from what came true. */
class ReliabilityTest {

    private final Anything anything = new Anything(3);

    /** With κ = +1 at rate c, the expected loss is least where α = 2c − 1. */
    @ParameterizedTest(name = "a language model right {0} of the time")
    @ValueSource(doubles = {0.5, 0.7, 0.9})
    void alphaIsHowFarTheLanguageModelIsBetterThanChance(double right) {
        Gate gate = new Reliability(5e-3, 1e-3);
        double mean = 0;
        int steps = 4000;
        int counted = 1000;
        for (int step = 0; step < steps; step++) {
            gate.realised(anything.golds(30, right));
            if (step >= steps - counted) {
                for (Signals corner : Anything.corners()) {
                    mean += gate.alpha(corner) / (8.0 * counted);
                }
            }
        }
        assertThat(mean).isEqualTo(2 * right - 1, within(0.05));
    }

    @ParameterizedTest(name = "a language model right {0} of the time")
    @CsvSource({"0.5, 0", "0.7, 0.4", "0.9, 0.8"})
    void theTableComesToTheSame(double right, double expected) {
        Gate gate = new CellTable(20_000);
        for (int step = 0; step < 1000; step++) {
            gate.realised(anything.golds(30, right));
        }
        for (Signals corner : Anything.corners()) {
            assertThat(gate.alpha(corner)).isBetween(Math.max(0, expected - 0.06), expected + 0.03);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trustGoesWhereTheLanguageModelIsRight(boolean counted) {
        Gate gate = counted ? new CellTable(20_000) : new Reliability(5e-3, 1e-3);
        for (int step = 0; step < 3000; step++) {
            List<Gold> golds = new ArrayList<>();
            for (int k = 0; k < 30; k++) {
                boolean cold = anything.below(2) == 1;
                Signals z = new Signals(cold, Signals.Kind.HEAD, 0.5);
                golds.add(new Gold(z, z, anything.kappa(cold ? 0.9 : 0.55)));
            }
            gate.realised(golds);
        }
        assertThat(gate.alpha(Signals.ofCell(0))).isEqualTo(0.8, within(0.08));
        assertThat(gate.alpha(Signals.ofCell(3))).isEqualTo(0.1, within(0.08));
    }

    @Test
    void theTableTrustsNothingBeforeItHasCounted() {
        Gate gate = new CellTable(20_000);
        assertThat(gate.alpha(anything.signals())).isZero();
        Signals z = Signals.ofCell(1);
        gate.realised(List.of(new Gold(z, z, 1), new Gold(z, z, 1)));
        assertThat(gate.alpha(z)).isEqualTo(2 * (0.75 - Math.sqrt(0.75 * 0.25 / 5)) - 1, within(1e-12));
    }

    /** By hand: 3 right of 4 within one cell, 1 of 2 across two cells; then two thirds are forgotten. */
    @Test
    void agreementCountsHalfForEitherItemAndFades() {
        Agreement agreement = new Agreement(10);
        Signals head = Signals.ofCell(0);
        Signals fresh = Signals.ofCell(2);
        agreement.observe(List.of(
                new Gold(head, head, 1),
                new Gold(head, head, 1),
                new Gold(head, head, 1),
                new Gold(head, head, -1),
                new Gold(head, fresh, 1),
                new Gold(fresh, head, -1)));
        assertThat(agreement.share(0)).isEqualTo((3.5 + 1) / (5.0 + 2), within(1e-12));
        assertThat(agreement.share(2)).isEqualTo((0.5 + 1) / (1.0 + 2), within(1e-12));
        assertThat(agreement.comparisons(0)).isEqualTo(5);
        Signals other = Signals.ofCell(5);
        List<Gold> later = new ArrayList<>();
        for (int k = 0; k < 10; k++) {
            later.add(new Gold(other, other, 1));
        }
        agreement.observe(later);
        assertThat(agreement.share(0)).isEqualTo((3.5 / Math.E + 1) / (5.0 / Math.E + 2), within(1e-12));
        assertThat(agreement.comparisons(0)).isEqualTo(5);
    }
}
