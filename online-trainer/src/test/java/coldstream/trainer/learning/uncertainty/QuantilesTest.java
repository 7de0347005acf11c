package coldstream.trainer.learning.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.model.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Ranks against the empirical distribution that keeps every value, each faded as it should be. */
class QuantilesTest {

    private static final double HALF_LIFE = 10_000;
    private static final int BATCH = 400;

    private final Draws draws = Draws.of(1, "quantiles");

    private record Seen(double value, long at) {}

    private double[] batch(DoubleUnaryOperator shape) {
        double[] values = new double[BATCH];
        for (int k = 0; k < BATCH; k++) {
            values[k] = shape.applyAsDouble(draws.uniform());
        }
        return values;
    }

    /** The largest error over a stream whose second half is of another shape than its first. */
    private double worst(boolean small, DoubleUnaryOperator first, DoubleUnaryOperator second) {
        Quantiles quantiles = new Quantiles(small);
        List<Seen> all = new ArrayList<>();
        long seen = 0;
        for (int step = 0; step < 160; step++) {
            double[] values = batch(step < 80 ? first : second);
            quantiles.observe(values);
            seen += BATCH;
            for (double value : values) {
                all.add(new Seen(value, seen));
            }
        }
        double worst = 0;
        for (int k = 0; k < 200; k++) {
            double value = (k < 100 ? first : second).applyAsDouble(draws.uniform());
            double below = 0;
            double total = 0;
            for (Seen one : all) {
                double weight = Math.pow(0.5, (seen - one.at) / HALF_LIFE);
                total += weight;
                below += one.value < value ? weight : 0;
            }
            worst = Math.max(worst, Math.abs(quantiles.rank(value) - below / total));
        }
        return worst;
    }

    /** What the start leaves behind is 4096 · 2⁻⁶·⁴ of about 14,600: .0034. */
    @Test
    void ranksAreThoseOfTheFadedPastUpToOneBin() {
        assertThat(worst(false, u -> u, u -> u * u)).isLessThan(0.02);
        assertThat(worst(false, u -> 0.2 + 0.1 * u, u -> 0.7 + 0.2 * u)).isLessThan(0.02);
    }

    /** Equal bins would put all of these into one of 1024. */
    @Test
    void valuesThatCrowdNearZeroAreToldApart() {
        assertThat(worst(true, u -> 1e-3 * u * u, u -> 1e-4 * u)).isLessThan(0.02);
        assertThat(worst(false, u -> 1e-3 * u * u, u -> 1e-4 * u)).isGreaterThan(0.05);
    }

    @Test
    void ranksAreUniformWhateverTheScale() {
        for (double scale : new double[] {1, 0.1, 0.003}) {
            Quantiles quantiles = new Quantiles(true);
            double[] values = {};
            for (int step = 0; step < 150; step++) {
                values = batch(u -> scale * u);
                quantiles.observe(values);
            }
            double mean = Arrays.stream(values).map(quantiles::rank).average().orElseThrow();
            double low = Arrays.stream(values)
                    .filter(value -> quantiles.rank(value) < 0.25)
                    .count();
            assertThat(mean).isEqualTo(0.5, within(0.05));
            assertThat(low / BATCH).isEqualTo(0.25, within(0.06));
        }
    }

    @Test
    void theEndsOfTheScaleHaveARank() {
        Quantiles quantiles = new Quantiles(false);
        quantiles.observe(new double[] {0, 1});
        assertThat(quantiles.rank(0)).isBetween(0.0, 0.001);
        assertThat(quantiles.rank(1)).isBetween(0.998, 1.0);
    }
}
