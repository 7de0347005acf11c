package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.trainer.learning.GuidedLoss.Pair;
import coldstream.trainer.learning.GuidedLoss.Point;
import coldstream.trainer.learning.GuidedLoss.Row;
import coldstream.trainer.learning.GuidedLoss.Space;
import coldstream.trainer.learning.gate.Signals;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Oracle: central differences of the loss written out from its definition, in doubles. */
class GuidedLossTest {

    private static final float[] LOGITS = {0.3f, -0.8f, 1.4f, 0.05f};
    private static final double[] ADDED = {0.1, 0, -0.4, 0};
    private static final double WEIGHT = 0.7;
    private static final double ALPHA = 0.6;

    /** A term and l of the served logits. */
    private record Case(String name, GuidedLoss.Term term, Definition definition) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Definition {
        double loss(double[] served);
    }

    private static Row row(int k) {
        return new Row(k, true, Signals.Kind.HEAD, ADDED[k]);
    }

    private static double sigma(double s) {
        return 1 / (1 + Math.exp(-s));
    }

    static Stream<Case> terms() {
        return Stream.of(
                new Case("logits", new Pair(row(1), row(2), Space.LOGIT, 0.5), s -> Math.max(0, 0.5 - (s[1] - s[2]))),
                new Case(
                        "logits, kept",
                        new Pair(row(2), row(1), Space.LOGIT, 0.5),
                        s -> Math.max(0, 0.5 - (s[2] - s[1]))),
                new Case(
                        "probabilities",
                        new Pair(row(0), row(2), Space.PROBABILITY, 0.2),
                        s -> Math.max(0, 0.2 - (sigma(s[0]) - sigma(s[2])))),
                new Case("squared", new Point(row(2), 0.3, true), s -> Math.pow(sigma(s[2]) - 0.3, 2)),
                new Case(
                        "cross-entropy",
                        new Point(row(0), 0.9, false),
                        s -> -0.9 * Math.log(sigma(s[0])) - 0.1 * Math.log(1 - sigma(s[0]))));
    }

    @ParameterizedTest
    @MethodSource("terms")
    void theGradientAgreesWithCentralDifferences(Case one) {
        GuidedLoss loss = new GuidedLoss(WEIGHT, false);
        loss.terms.add(one.term);
        float[] found = loss.gradient(LOGITS, List.of(ALPHA));
        double step = 1e-5;
        for (int k = 0; k < LOGITS.length; k++) {
            double[] up = served();
            double[] down = served();
            up[k] += step;
            down[k] -= step;
            double slope = (one.definition.loss(up) - one.definition.loss(down)) / (2 * step);
            assertThat((double) found[k]).isEqualTo(WEIGHT * ALPHA * slope, within(1e-6));
        }
        assertThat(one.term.loss(LOGITS)).isEqualTo(one.definition.loss(served()), within(1e-6));
    }

    private static double[] served() {
        double[] served = new double[LOGITS.length];
        for (int k = 0; k < served.length; k++) {
            served[k] = LOGITS[k] + ADDED[k];
        }
        return served;
    }

    @Test
    void termsAreAveragedOrAddedUp() {
        GuidedLoss mean = new GuidedLoss(WEIGHT, false);
        GuidedLoss sum = new GuidedLoss(WEIGHT, true);
        List<Double> alphas = List.of(1.0, 0.5, 0.5, 0.25);
        for (GuidedLoss loss : List.of(mean, sum)) {
            for (int k = 0; k < alphas.size(); k++) {
                loss.terms.add(new Point(row(k), 0.5, false));
            }
        }
        float[] averaged = mean.gradient(LOGITS, alphas);
        float[] added = sum.gradient(LOGITS, alphas);
        for (int k = 0; k < alphas.size(); k++) {
            double alone = WEIGHT * alphas.get(k) * (sigma(LOGITS[k] + ADDED[k]) - 0.5);
            assertThat((double) added[k]).isEqualTo(alone, within(1e-6));
            assertThat((double) averaged[k]).isEqualTo(alone / alphas.size(), within(1e-6));
        }
    }
}
