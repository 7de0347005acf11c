package coldstream.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.evaluation.drift.KolmogorovSmirnov;
import java.util.Arrays;
import java.util.Random;
import org.apache.datasketches.kll.KllFloatsSketch;
import org.junit.jupiter.api.Test;

/** The oracle is all the values, sorted. */
class DistributionTest {

    private static float[] values(long seed, int count, double mean) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
            values[k] = (float) (mean + random.nextGaussian());
        }
        return values;
    }

    private static Distribution of(float... values) {
        return Distribution.of(values, values.length, 1, 0);
    }

    @Test
    void theDistanceIsThatOfKolmogorovAndSmirnov() {
        float[] one = values(1, 700, 0);
        float[] other = values(2, 300, 0.4);
        assertThat(of(one).distance(of(other)))
                .isEqualTo(KolmogorovSmirnov.statistic(sorted(one), sorted(other)), within(1e-12));
    }

    private static double[] sorted(float[] values) {
        double[] sorted = new double[values.length];
        Arrays.setAll(sorted, k -> values[k]);
        Arrays.sort(sorted);
        return sorted;
    }

    @Test
    void theVarianceIsTheMeanSquareDistanceFromTheMean() {
        float[] values = values(5, 400, 3);
        double mean = 0;
        for (float value : values) {
            mean += value / 400;
        }
        double variance = 0;
        for (float value : values) {
            variance += (value - mean) * (value - mean) / 400;
        }
        assertThat(of(values).variance()).isEqualTo(variance, within(1e-6));
    }

    @Test
    void binsAreDecilesAndEachHoldsATenth() {
        Distribution ten = of(values(3, 1_000, 0));
        assertThat(ten.bounds()).hasSize(9);
        for (int bin = 0; bin < 9; bin++) {
            assertThat(ten.share(ten.bounds()[bin])).isEqualTo((bin + 1) / 10.0, within(0.0011));
        }
    }

    @Test
    void fewValuesHaveABinEach() {
        assertThat(of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1).bounds()).containsExactly(0);
        assertThat(of(0, 1, 1, 1, 1, 1, 1, 1, 1, 1).bounds()).containsExactly(0);
        float[] mostlyOne = new float[100];
        Arrays.fill(mostlyOne, 1);
        mostlyOne[0] = 0;
        assertThat(of(mostlyOne).bounds()).containsExactly(Math.nextDown(1f));
    }

    @Test
    void leavingAConstantEitherWayIsAChange() {
        float[] sevens = new float[500];
        Arrays.fill(sevens, 7);
        assertThat(of(sevens).stabilityOf(of(sevens)).value()).isEqualTo(0, within(1e-9));
        for (float other : new float[] {6, 8}) {
            float[] mixed = sevens.clone();
            Arrays.fill(mixed, 0, 100, other);
            assertThat(of(sevens).stabilityOf(of(mixed)).excess()).isGreaterThan(0.5);
        }
    }

    @Test
    void aSketchIsAlmostWhatItWasMadeOf() {
        float[] all = values(4, 50_000, 0);
        KllFloatsSketch sketch = KllFloatsSketch.newHeapInstance(Learnt.K);
        for (float value : all) {
            sketch.update(value);
        }
        Distribution kept = new Learnt(0, 0, 1, sketch, all.length).distribution();
        assertThat(kept.distance(of(all))).isLessThan(0.015);
        assertThat(kept.effective()).isBetween(5_000.0, 50_000.0);
        assertThat(new Learnt(0, 0, 10, sketch, all.length).distribution().effective())
                .isLessThan(5_000);
    }

    @Test
    void thresholdsOfTheNormalDistributionAreThoseOfTheTables() {
        assertThat(Normal.above(1.959964)).isEqualTo(0.025, within(1e-6));
        assertThat(Normal.above(6)).isEqualTo(9.8659e-10, within(1e-12));
        assertThat(Normal.above(-1)).isEqualTo(0.841345, within(1e-6));
        assertThat(Normal.quantile(0.025)).isEqualTo(1.959964, within(5e-4));
        assertThat(Normal.quantile(1e-9)).isEqualTo(5.99781, within(5e-4));
        assertThat(Normal.quantile(0)).isInfinite();
    }
}
