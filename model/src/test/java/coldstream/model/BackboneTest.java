package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.model.backbone.Backbone;
import coldstream.model.backbone.Backbones;
import coldstream.model.backbone.Dropout;
import coldstream.model.backbone.ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each backbone against a second writing of it, in doubles and with loops: logits directly, and gradients against central
 * differences of that writing, which are good to nine digits where differences in floats would hide a missing term.
 */
class BackboneTest {

    private static final int ROWS = 3;
    private static final int DIMENSION = 2;
    private static final int WIDTH = Field.COUNT * DIMENSION;
    private static final double STEP = 1e-5;

    /** All inputs of a network, flat: dense parameters in declared order, then features, then linear weights. */
    private static final class Inputs {
        private final List<double[]> dense = new ArrayList<>();
        private final double[] features;
        private final double[] linear;

        private Inputs(DenseParameters parameters, float[] features, float[] linear) {
            parameters.specs().forEach(spec -> dense.add(doubles(parameters.values(spec))));
            this.features = doubles(features);
            this.linear = doubles(linear);
        }

        private static double[] doubles(float[] values) {
            double[] doubles = new double[values.length];
            for (int k = 0; k < values.length; k++) {
                doubles[k] = values[k];
            }
            return doubles;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcnv2", "deepfm"})
    void logitsAreThoseOfItsFormula(String name) {
        Case given = new Case(name);
        float[] logits = given.network.logits(given.parameters, given.pooled(), Dropout.NONE);
        double[] expected = oracle(name, given.inputs());
        for (int row = 0; row < ROWS; row++) {
            assertThat((double) logits[row]).isEqualTo(expected[row], within(1e-5));
        }
        given.network.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcnv2", "deepfm"})
    void gradientsAreCentralDifferencesOfItsFormula(String name) {
        Case given = new Case(name);
        float[] byLogit = {0.7f, -1.3f, 0.4f};
        Network.Gradients found;
        try (Network.Pass pass = given.network.pass(given.parameters, given.pooled())) {
            found = pass.backward(byLogit);
        }
        Inputs inputs = given.inputs();
        ToDoubleFunction<Inputs> loss = at -> {
            double[] logits = oracle(name, at);
            return byLogit[0] * logits[0] + byLogit[1] * logits[1] + byLogit[2] * logits[2];
        };
        for (int p = 0; p < inputs.dense.size(); p++) {
            agree(inputs.dense.get(p), found.dense().get(p), loss, inputs);
        }
        agree(inputs.features, found.features().values, loss, inputs);
        if (Backbones.of(name).linear()) {
            agree(inputs.linear, found.linear().values, loss, inputs);
        } else {
            assertThat(found.linear().values).containsOnly(0);
        }
        given.network.close();
    }

    private static void agree(double[] at, float[] gradient, ToDoubleFunction<Inputs> loss, Inputs inputs) {
        assertThat(gradient).hasSameSizeAs(at);
        for (int k = 0; k < at.length; k++) {
            double before = at[k];
            at[k] = before + STEP;
            double above = loss.applyAsDouble(inputs);
            at[k] = before - STEP;
            double below = loss.applyAsDouble(inputs);
            at[k] = before;
            double expected = (above - below) / (2 * STEP);
            assertThat((double) gradient[k]).isEqualTo(expected, within(1e-5 + 1e-4 * Math.abs(expected)));
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Backbones.of("mlp"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("backbone must be one of dcnv2, deepfm, got mlp");
    }

    /** A network with everything drawn large enough to matter. */
    private static final class Case {
        private final DenseParameters parameters;
        private final float[] features = new float[ROWS * WIDTH];
        private final float[] linear = new float[ROWS * Field.COUNT];
        private final Network network;

        private Case(String name) {
            Backbone backbone = Backbones.of(name);
            parameters = new DenseParameters(backbone.parameters(Field.COUNT, DIMENSION), 5);
            Draws draws = Draws.of(11, name);
            for (ParameterSpec spec : parameters.specs()) {
                if (spec.start() == ParameterSpec.Start.ZERO) {
                    draws.normal(parameters.values(spec), 0, spec.size(), 0.3);
                }
            }
            draws.normal(features, 0, features.length, 1);
            draws.normal(linear, 0, linear.length, 1);
            network = new Network(backbone, Field.COUNT, DIMENSION, Compute.DEFAULT);
        }

        private Pooled pooled() {
            return new Pooled(features, linear, Pooled.Histories.NONE);
        }

        private Inputs inputs() {
            return new Inputs(parameters, features, linear);
        }
    }

    private static double[] oracle(String name, Inputs in) {
        double[] logits = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            double[] x = Arrays.copyOfRange(in.features, row * WIDTH, (row + 1) * WIDTH);
            double[] linear = Arrays.copyOfRange(in.linear, row * Field.COUNT, (row + 1) * Field.COUNT);
            logits[row] = name.equals("dcnv2") ? dcn(in.dense, x) : fm(in.dense, x, linear);
        }
        return logits;
    }

    private static double dcn(List<double[]> w, double[] x0) {
        double[] x = x0;
        for (int layer = 0; layer < 2; layer++) {
            double[] map = affine(w.get(2 * layer), w.get(2 * layer + 1), x);
            double[] next = new double[x0.length];
            for (int k = 0; k < next.length; k++) {
                next[k] = x0[k] * map[k] + x[k];
            }
            x = next;
        }
        double[] deep = relu(affine(w.get(6), w.get(7), relu(affine(w.get(4), w.get(5), x0))));
        double[] both = Arrays.copyOf(x, x.length + deep.length);
        System.arraycopy(deep, 0, both, x.length, deep.length);
        return affine(w.get(8), w.get(9), both)[0];
    }

    private static double fm(List<double[]> w, double[] x0, double[] linear) {
        double sum = Arrays.stream(linear).sum();
        for (int a = 0; a < Field.COUNT; a++) {
            for (int b = a + 1; b < Field.COUNT; b++) {
                for (int k = 0; k < DIMENSION; k++) {
                    sum += x0[a * DIMENSION + k] * x0[b * DIMENSION + k];
                }
            }
        }
        double[] deep = relu(affine(w.get(2), w.get(3), relu(affine(w.get(0), w.get(1), x0))));
        return sum + affine(w.get(4), w.get(5), deep)[0];
    }

    private static double[] affine(double[] weight, double[] bias, double[] x) {
        double[] y = bias.clone();
        for (int row = 0; row < y.length; row++) {
            for (int k = 0; k < x.length; k++) {
                y[row] += weight[row * x.length + k] * x[k];
            }
        }
        return y;
    }

    private static double[] relu(double[] x) {
        return Arrays.stream(x).map(value -> Math.max(0, value)).toArray();
    }
}
