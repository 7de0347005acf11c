package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.model.backbone.ParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenseAverageTest {

    private static final ParameterSpec SPEC = ParameterSpec.zeros("b", 3);

    /** The recurrence in doubles, with the weights as Adam leaves them. */
    @Test
    void theAverageFollowsItsRecurrence() {
        DenseParameters parameters = new DenseParameters(List.of(SPEC), 0);
        DenseAverage average = new DenseAverage(0.9, parameters);
        double[] expected = new double[3];
        Draws draws = Draws.of(1);
        for (int t = 1; t <= 300; t++) {
            float[] g = new float[3];
            draws.normal(g, 0, 3, 1);
            parameters.update(List.of(g), 0.05, 5);
            average.follow(parameters);
            double kept = Math.min(0.9, (1.0 + t) / (10.0 + t));
            for (int k = 0; k < 3; k++) {
                expected[k] = kept * expected[k] + (1 - kept) * parameters.values(SPEC)[k];
                assertThat((double) average.values().values(SPEC)[k]).isEqualTo(expected[k], within(1e-6));
            }
        }
    }

    @Test
    void aCopyDoesNotFollow() {
        DenseParameters parameters = new DenseParameters(List.of(SPEC), 0);
        DenseAverage average = new DenseAverage(0.9, parameters);
        DenseAverage copy = average.copy();
        parameters.update(List.of(new float[] {1, 1, 1}), 0.05, 5);
        average.follow(parameters);
        assertThat(copy.values().values(SPEC)).containsOnly(0);
        assertThat(average.values().values(SPEC)[0]).isNegative();
    }

    @Test
    void clippingLooksAtBothSigns() {
        DenseParameters up = new DenseParameters(List.of(SPEC), 0);
        DenseParameters down = new DenseParameters(List.of(SPEC), 0);
        for (int t = 0; t < 5; t++) {
            up.update(List.of(new float[] {300, 400, t}), 0.002, 5);
            down.update(List.of(new float[] {-300, -400, -t}), 0.002, 5);
        }
        for (int k = 0; k < 3; k++) {
            assertThat(down.values(SPEC)[k]).isEqualTo(-up.values(SPEC)[k]);
        }
    }
}
