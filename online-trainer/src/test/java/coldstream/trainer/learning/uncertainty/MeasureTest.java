package coldstream.trainer.learning.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.model.Draws;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Each formula against known values, and against another form of the same quantity. */
class MeasureTest {

    private final Draws draws = Draws.of(1, "measures");

    private double[] logits() {
        double[] logits = new double[8];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = 6 * draws.uniform() - 3;
        }
        return logits;
    }

    private static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    @Test
    void confidenceIsTwiceTheRarerAnswer() {
        assertThat(Measure.confidence(0)).isEqualTo(1);
        assertThat(Measure.confidence(Math.log(3))).isEqualTo(0.5, within(1e-12));
        assertThat(Measure.confidence(-Math.log(9))).isEqualTo(0.2, within(1e-12));
    }

    @Test
    void entropyIsGreatestWhereTheStudentCannotTell() {
        assertThat(Measure.entropy(0)).isEqualTo(1, within(1e-12));
        assertThat(Measure.entropy(Math.log(3))).isEqualTo(0.8112781244591328, within(1e-12));
        assertThat(Measure.entropy(-20))
                .isEqualTo(Measure.entropy(20), within(1e-12))
                .isLessThan(1e-4);
    }

    /** Why choosing between them matters little. */
    @Test
    void confidenceAndEntropyOrderRowsAlike() {
        for (int k = 0; k < 1000; k++) {
            double[] two = logits();
            assertThat(Measure.confidence(two[0]) < Measure.confidence(two[1]))
                    .isEqualTo(Measure.entropy(two[0]) < Measure.entropy(two[1]));
        }
    }

    /** The variance as half the mean squared difference of all ordered pairs. */
    @Test
    void varianceIsFourTimesThatOfTheMasksProbabilities() {
        for (int k = 0; k < 100; k++) {
            double[] logits = logits();
            double differences = 0;
            for (double one : logits) {
                for (double other : logits) {
                    double difference = probability(one) - probability(other);
                    differences += difference * difference / logits.length / logits.length;
                }
            }
            assertThat(Measure.variance(logits)).isEqualTo(2 * differences, within(1e-12));
        }
        assertThat(Measure.variance(new double[] {30, -30, 30, -30})).isEqualTo(1, within(1e-9));
        assertThat(Measure.variance(new double[] {1, 1, 1})).isZero();
    }

    /** The mutual information as the mean divergence of each mask's answer from the mean answer. */
    @Test
    void informationIsWhatTheAnswerWouldTellOfTheMask() {
        for (int k = 0; k < 100; k++) {
            double[] logits = logits();
            double mean = Arrays.stream(logits)
                    .map(MeasureTest::probability)
                    .average()
                    .orElseThrow();
            double divergence = 0;
            for (double logit : logits) {
                double p = probability(logit);
                divergence += (p * Math.log(p / mean) + (1 - p) * Math.log((1 - p) / (1 - mean)))
                        / Math.log(2)
                        / logits.length;
            }
            assertThat(Measure.information(logits)).isEqualTo(divergence, within(1e-12));
        }
        assertThat(Measure.information(new double[] {30, -30})).isEqualTo(1, within(1e-4));
    }

    /** An even coin is uncertain, but well known: only the masks' measures say so. */
    @Test
    void masksThatAgreeLeaveNothingUnknown() {
        double[] even = new double[8];
        assertThat(Measure.information(even)).isZero();
        assertThat(Measure.variance(even)).isZero();
        assertThat(Measure.entropy(0)).isEqualTo(1, within(1e-12));
    }

    @Test
    void theRarerRowDecides() {
        assertThat(Measure.rowCount(0, 1_000)).isEqualTo(1);
        assertThat(Measure.rowCount(8, 3)).isEqualTo(0.5);
        assertThat(Measure.rowCount(99, 1_000_000)).isEqualTo(0.1, within(1e-12));
    }

    @Test
    void measuresAreReadByName() {
        assertThat(Measure.names())
                .containsExactly("confidence", "entropy", "mc-variance", "mc-information", "row-count");
        for (Measure measure : Measure.values()) {
            assertThat(Measure.parse(measure.toString())).isEqualTo(measure);
        }
        assertThatThrownBy(() -> Measure.parse("dropout")).hasMessageContaining("uncertainty must be one of");
    }
}
