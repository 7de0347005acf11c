package coldstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HistogramAucTest {

    @Test
    void staysWithinItsStatedBoundOfTheExactArea() {
        var random = new Random(2);
        for (int round = 0; round < 20; round++) {
            double spread = Math.pow(10, -3 + random.nextInt(6));
            double[] positives = normal(random, 500, spread / 2, spread);
            double[] negatives = normal(random, 900, 0, spread);
            HistogramAuc histogram = histogram(positives, negatives);

            assertThat(histogram.auc()).isEqualTo(Auc.of(positives, negatives), within(histogram.errorBound() + 1e-12));
        }
    }

    @Test
    void isWithinATenThousandthForLogitsSpreadAsAModelsAre() {
        var random = new Random(3);
        double[] positives = normal(random, 20_000, 1.5, 1.4);
        double[] negatives = normal(random, 40_000, -1, 1.4);
        HistogramAuc histogram = histogram(positives, negatives);

        assertThat(histogram.errorBound()).isLessThan(1e-4);
        assertThat(histogram.auc()).isEqualTo(Auc.of(positives, negatives), within(2e-6));
    }

    @Test
    void mergingPartsEqualsCountingTheWhole() {
        var random = new Random(4);
        double[] first = normal(random, 300, 0, 3);
        double[] second = normal(random, 300, 1, 30);
        HistogramAuc merged = histogram(first, second);
        merged.merge(histogram(second, first));
        double[] both = Arrays.copyOf(first, 600);
        System.arraycopy(second, 0, both, 300, 300);

        assertThat(merged).isEqualTo(histogram(both, both)).hasSameHashCodeAs(histogram(both, both));
        assertThat(merged.auc()).isEqualTo(0.5, within(1e-12));
    }

    @Test
    void comesBackFromItsBytes() throws IOException {
        var random = new Random(5);
        HistogramAuc histogram = histogram(normal(random, 3_000, 1, 2), normal(random, 100_000, 0, 0.01));
        var bytes = new ByteArrayOutputStream();
        histogram.write(new DataOutputStream(bytes));
        HistogramAuc restored = HistogramAuc.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(restored).isEqualTo(histogram);
        assertThat(restored.positives()).isEqualTo(3_000);
        assertThat(restored.negatives()).isEqualTo(100_000);
        assertThat(restored.auc()).isEqualTo(histogram.auc());
        assertThat(bytes.size()).isLessThan(16_000);
    }

    /** Against the O(PN) placements of the definition, on scores that are whole bins so that ties agree. */
    @Test
    void intervalIsDeLongs() {
        var random = new Random(6);
        double[] positives =
                random.ints(80, 0, 40).mapToDouble(value -> value / 16.0).toArray();
        double[] negatives =
                random.ints(150, -10, 30).mapToDouble(value -> value / 16.0).toArray();
        double[] ofPositives = Arrays.stream(positives)
                .map(score -> AucTest.shareOfPairsWon(new double[] {score}, negatives))
                .toArray();
        double[] ofNegatives = Arrays.stream(negatives)
                .map(score -> AucTest.shareOfPairsWon(positives, new double[] {score}))
                .toArray();
        double area = Arrays.stream(ofPositives).average().orElseThrow();
        double deviation = Math.sqrt(variance(ofPositives) / 80 + variance(ofNegatives) / 150);

        HistogramAuc.Interval interval = histogram(positives, negatives).interval(2);

        assertThat(interval.middle()).isEqualTo(area, within(1e-12));
        assertThat(interval.low()).isEqualTo(area - 2 * deviation, within(1e-9));
        assertThat(interval.high()).isEqualTo(area + 2 * deviation, within(1e-9));
    }

    @Test
    void extremeLogitsFallIntoTheOutermostBins() {
        var histogram = new HistogramAuc();
        histogram.add(true, Double.POSITIVE_INFINITY);
        histogram.add(true, 1e9);
        histogram.add(false, -1e9);
        histogram.add(false, Double.NEGATIVE_INFINITY);

        assertThat(histogram.auc()).isEqualTo(1);
    }

    @Test
    void withoutEvidenceThereIsNoArea() {
        var histogram = new HistogramAuc();
        assertThat(histogram.auc()).isNaN();
        histogram.add(true, 1);
        assertThat(histogram.auc()).isNaN();
        assertThat(histogram.errorBound()).isNaN();
    }

    @Test
    void aLogitThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> new HistogramAuc().add(true, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a logit must be a number, got NaN");
    }

    private static HistogramAuc histogram(double[] positives, double[] negatives) {
        var histogram = new HistogramAuc();
        Arrays.stream(positives).forEach(logit -> histogram.add(true, logit));
        Arrays.stream(negatives).forEach(logit -> histogram.add(false, logit));
        return histogram;
    }

    private static double[] normal(Random random, int count, double mean, double deviation) {
        return random.doubles(count)
                .map(ignored -> mean + deviation * random.nextGaussian())
                .toArray();
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }
}
