package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.model.Logistic;
import coldstream.model.Signal;
import coldstream.model.Trust;
import coldstream.trainer.learning.Residual.Comparison;
import coldstream.trainer.learning.Residual.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

final class ResidualTest {

    private static final int SHORT = Trust.history(1);
    private static final int LONG = Trust.history(20);
    private static final int HEAD = 0;
    private static final int TAIL = 1;
    private static final int NEW = 2;
    private static final Signal ONE = new Signal(1, 1);

    private final Random random = new Random(1);
    private final Residual residual = new Residual(Signal.LINE, 10, 1e9, 1);

    @Test
    void beforeAnyEvidenceNothingIsAdded() {
        assertThat(residual.add(new Input(ONE, LONG, NEW))).isZero();
        assertThat(residual.trust()[0]).containsOnly(0);
    }

    @Test
    void findsTheTrustThatMadeTheComparisons() {
        learn(400, LONG, HEAD, 3);

        assertThat(added(LONG, HEAD)).isBetween(2.7, 3.0);
    }

    /** One event in fifty is by a user with a short history, and only there the signal misleads. */
    @Test
    void aRareKindOfUserIsJudgedByItsOwnEvidence() {
        for (int step = 0; step < 600; step++) {
            List<Comparison> batch = comparisons(98, LONG, HEAD, 4);
            batch.addAll(comparisons(2, SHORT, HEAD, 0));
            residual.learn(batch);
        }

        assertThat(added(LONG, HEAD)).isGreaterThan(3.5);
        assertThat(added(SHORT, HEAD)).isLessThan(0.35);
    }

    @Test
    void aSignalThatSaysNothingEarnsNothing() {
        learn(300, LONG, HEAD, 0);
        learn(300, SHORT, TAIL, 0);

        for (double trust : residual.trust()[0]) {
            assertThat(trust).isLessThan(0.15);
        }
    }

    @Test
    void aSignalThatMisleadsIsNeverSubtracted() {
        learn(300, LONG, HEAD, -3);

        assertThat(added(LONG, HEAD)).isZero();
    }

    @Test
    void littleEvidenceEarnsLessThanMuch() {
        learn(2, LONG, HEAD, 3);
        double little = added(LONG, HEAD);
        learn(200, LONG, HEAD, 3);

        assertThat(little).isLessThan(added(LONG, HEAD));
    }

    @Test
    void tailAndNewItemsMayEarnMoreForEveryLengthOfHistory() {
        for (int step = 0; step < 400; step++) {
            List<Comparison> batch = comparisons(60, LONG, HEAD, 1);
            batch.addAll(comparisons(40, LONG, NEW, 4));
            batch.addAll(comparisons(40, SHORT, HEAD, 1));
            residual.learn(batch);
        }

        assertThat(added(SHORT, NEW)).isCloseTo(added(SHORT, HEAD) + 3, within(0.4));
    }

    @Test
    void oldEvidenceFadesSoThatTrustFollowsAChange() {
        var forgetful = new Residual(Signal.LINE, 10, 5_000, 1);
        for (int step = 0; step < 200; step++) {
            forgetful.learn(comparisons(100, LONG, HEAD, 4));
        }
        for (int step = 0; step < 300; step++) {
            forgetful.learn(comparisons(100, LONG, HEAD, 0));
        }

        assertThat(forgetful.add(new Input(ONE, LONG, HEAD))).isLessThan(0.6);
    }

    @Test
    void trustThatIsNoLongerBorneOutGoesBackToNothing() {
        var forgetful = new Residual(Signal.LINE, 10, 5_000, 1);
        for (int step = 0; step < 100; step++) {
            forgetful.learn(comparisons(100, SHORT, HEAD, 3));
        }
        double before = forgetful.add(new Input(ONE, SHORT, HEAD));
        for (int step = 0; step < 500; step++) {
            forgetful.learn(comparisons(100, LONG, HEAD, 3));
        }

        assertThat(before).isGreaterThan(2);
        assertThat(forgetful.add(new Input(ONE, SHORT, HEAD))).isLessThan(0.1);
    }

    /** The trust is 0 up to a taste of 0.2 and 4 beyond it. */
    @Test
    void bendsFindACurvedTrust() {
        var curved = new Residual(Signal.PARTS, 3, 1e9, 1);
        for (int step = 0; step < 800; step++) {
            curved.learn(comparisons(100, LONG, HEAD, signal -> 4 * Math.max(0, signal.taste() - 0.2)));
        }
        double below = curved.add(new Input(new Signal(0.2f, 0), LONG, HEAD));
        double above = curved.add(new Input(new Signal(0.7f, 0), LONG, HEAD));

        assertThat(below).isLessThan(0.15);
        assertThat(above - below).isCloseTo(2, within(0.25));
    }

    @Test
    void aSignalThatSaysNothingEarnsNothingFromBendsEither() {
        var curved = new Residual(Signal.PARTS, 3, 30_000, 0.5);
        for (int step = 0; step < 400; step++) {
            curved.learn(comparisons(100, SHORT, TAIL, signal -> 0));
        }

        assertThat(curved.add(new Input(new Signal(0.5f, 0.5f), SHORT, TAIL))).isLessThan(0.1);
    }

    @Test
    void aMatrixSolvesItsEquations() {
        double[] values = {4, 1, 0.5, 1, 3, -0.2, 0.5, -0.2, 2};
        double[] wanted = {1, -2, 0.5};
        double[] right = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                right[row] += values[row * 3 + column] * wanted[column];
            }
        }

        assertThat(new PositiveMatrix(values, 3).solve(right)).containsExactly(wanted, within(1e-12));
    }

    private Signal signal() {
        return new Signal((float) random.nextGaussian() * 0.3f, (float) random.nextGaussian() * 0.3f);
    }

    private double added(int history, int kind) {
        return residual.add(new Input(ONE, history, kind));
    }

    private void learn(int steps, int history, int kind, double trust) {
        for (int step = 0; step < steps; step++) {
            residual.learn(comparisons(100, history, kind, trust));
        }
    }

    /** Comparisons as a model right about the rest would see them: taken with probability σ(difference + trust · gap). */
    private List<Comparison> comparisons(int count, int history, int kind, double trust) {
        return comparisons(count, history, kind, signal -> trust * signal.taste());
    }

    private List<Comparison> comparisons(int count, int history, int kind, ToDoubleFunction<Signal> added) {
        List<Comparison> comparisons = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double difference = random.nextGaussian();
            var one = new Input(signal(), history, kind);
            var other = new Input(signal(), history, kind);
            double chance = Logistic.sigmoid(
                    difference + added.applyAsDouble(one.signal()) - added.applyAsDouble(other.signal()));
            comparisons.add(
                    random.nextDouble() < chance
                            ? new Comparison(difference, one, other)
                            : new Comparison(-difference, other, one));
        }
        return comparisons;
    }
}
