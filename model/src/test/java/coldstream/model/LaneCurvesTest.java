package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The oracle is the library's curves in 64 bits. */
class LaneCurvesTest {

    private static final int LANES = 4001;

    /** From −20 to 20. */
    private static float[] along() {
        float[] x = new float[LANES];
        for (int i = 0; i < LANES; i++) {
            x[i] = (i - LANES / 2) / 100f;
        }
        return x;
    }

    @Test
    void tanhIsTheLibrarysUpToRoundings() {
        float[] x = along();
        float[] y = new float[LANES];
        new LaneCurves().tanh(x, y, LANES);
        for (int i = 0; i < LANES; i++) {
            assertThat((double) y[i]).as("of %s", x[i]).isEqualTo(Math.tanh(x[i]), within(5e-7 * Math.abs(y[i])));
        }
    }

    @Test
    void sharesAreThoseOfPowersOfE() {
        float[][] rows = {along(), new float[LANES], along()};
        for (int i = 0; i < LANES; i++) {
            rows[2][i] *= -0.3f;
        }
        float[][] before = {rows[0].clone(), rows[1].clone(), rows[2].clone()};
        new LaneCurves().softmax(rows, LANES);
        for (int i = 0; i < LANES; i++) {
            double sum = Math.exp(before[0][i]) + Math.exp(before[1][i]) + Math.exp(before[2][i]);
            for (int row = 0; row < rows.length; row++) {
                assertThat((double) rows[row][i]).isEqualTo(Math.exp(before[row][i]) / sum, within(1e-6));
            }
        }
    }
}
