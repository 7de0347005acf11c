package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.model.backbone.ParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both optimisers against their formulas, written once more for one number at a time. */
class OptimizerTest {

    @Test
    void rowsFollowRowWiseAdagrad() {
        RowTable table = new RowTable(3, false);
        table.add();
        table.add();
        Gathered gradients = new Gathered(table);
        RowAdagrad adagrad = new RowAdagrad(0.2, 1e-3);
        double[] w = new double[3];
        double square = 0;
        float[][] steps = {{0.1f, -0.2f, 0.3f}, {0.02f, 0.01f, -0.5f}, {1, 0, 0}};
        for (float[] g : steps) {
            gradients.add(1, 0.5f, g, 0);
            gradients.add(1, 1.5f, g, 0);
            gradients.apply(adagrad, 4, 1);
            double mean = 0;
            for (float one : g) {
                mean += 64.0 * one * one / 3;
            }
            square += mean;
            for (int k = 0; k < 3; k++) {
                w[k] -= 0.2 * 8 * g[k] / Math.sqrt(square + 1e-3);
            }
        }
        for (int k = 0; k < 3; k++) {
            assertThat((double) table.chunk(1)[table.offset(1) + k]).isEqualTo(w[k], within(1e-5));
        }
        assertThat((double) table.state(1, 0)).isEqualTo(square, within(1e-4));
        assertThat(table.untouched(0)).isTrue();
    }

    @Test
    void aLinearWeightHasAnAccumulatorOfItsOwn() {
        RowTable table = new RowTable(2, true);
        table.add();
        Gathered gradients = new Gathered(table);
        gradients.add(0, 1, new float[] {0, 0}, 3);
        gradients.apply(new RowAdagrad(0.2, 0), 1, 1);
        assertThat(table.state(0, 0)).isZero();
        assertThat(table.state(0, 1)).isEqualTo(9);
        assertThat(table.chunk(0)[2]).isEqualTo(-0.2f, within(1e-6f));
    }

    @Test
    void denseParametersFollowAdamWithTheNormClipped() {
        DenseParameters parameters = new DenseParameters(List.of(ParameterSpec.zeros("b", 2)), 0);
        double[] w = new double[2];
        double[] m = new double[2];
        double[] v = new double[2];
        float[][] steps = {{3, 4}, {-30, 40}, {0.1f, 0}};
        for (int t = 1; t <= steps.length; t++) {
            float[] g = steps[t - 1];
            parameters.update(List.of(g.clone()), 0.002, 5);
            double norm = Math.hypot(g[0], g[1]);
            double shrink = norm > 5 ? 5 / norm : 1;
            for (int k = 0; k < 2; k++) {
                double one = g[k] * shrink;
                m[k] = 0.9 * m[k] + 0.1 * one;
                v[k] = 0.999 * v[k] + 0.001 * one * one;
                w[k] -= 0.002 * m[k] / (1 - Math.pow(0.9, t)) / (Math.sqrt(v[k] / (1 - Math.pow(0.999, t))) + 1e-8);
            }
        }
        float[] found = parameters.values(parameters.specs().get(0));
        assertThat((double) found[0]).isEqualTo(w[0], within(1e-7));
        assertThat((double) found[1]).isEqualTo(w[1], within(1e-7));
    }
}
