package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.model.backbone.Backbone;
import coldstream.model.backbone.Backbones;
import coldstream.model.backbone.Dropout;
import coldstream.model.backbone.ParameterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each backbone against {@link Formulas}: logits directly, and gradients against central differences of the formula, which in
 * doubles are good to nine digits where differences in floats would hide a missing term.
 */
class BackboneTest {

    private static final double STEP = 1e-5;

    /** Numbers of one parameter that are looked at, about: an odd step through it meets every row and column. */
    private static final int MOST = 60;

    private static final float[] BY_LOGIT = {0.7f, -1.3f, 0.4f, 0.9f};

    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void logitsAreThoseOfItsFormula(String name) {
        try (Case given = new Case(name)) {
            float[] logits = given.network.logits(given.parameters, given.pooled, Dropout.NONE);
            for (int row = 0; row < Point.ROWS; row++) {
                assertThat((double) logits[row]).isEqualTo(Formulas.logit(name, given.point, row), within(2e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void gradientsAreCentralDifferencesOfItsFormula(String name) {
        try (Case given = new Case(name)) {
            Found found = given.gradients();
            Point point = given.point;
            ToDoubleFunction<Point> loss = at -> {
                double sum = 0;
                for (int row = 0; row < Point.ROWS; row++) {
                    sum += BY_LOGIT[row] * Formulas.logit(name, at, row);
                }
                return sum;
            };
            List<ParameterSpec> specs = given.parameters.specs();
            for (int p = 0; p < specs.size(); p++) {
                String parameter = specs.get(p).name();
                agree(parameter, point.parameter(parameter), found.dense.get(p), loss, point);
            }
            agree("features", point.features, found.features, loss, point);
            agree("linear", point.linear, found.linear, loss, point);
            if (given.backbone.sequence()) {
                agree("keys", point.keys, found.keys, loss, point);
            }
        }
    }

    private static void agree(String what, double[] at, float[] gradient, ToDoubleFunction<Point> loss, Point point) {
        assertThat(gradient).as(what).hasSameSizeAs(at);
        int some = at.length / MOST | 1;
        for (int k = 0; k < at.length; k += some) {
            double before = at[k];
            at[k] = before + STEP;
            double above = loss.applyAsDouble(point);
            at[k] = before - STEP;
            double below = loss.applyAsDouble(point);
            at[k] = before;
            double expected = (above - below) / (2 * STEP);
            assertThat((double) gradient[k])
                    .as("%s[%d]", what, k)
                    .isEqualTo(expected, within(2e-5 + 1e-4 * Math.abs(expected)));
        }
    }

    /** A place without an item must be as if it were not there, whatever lies in it. */
    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void placesWithoutAnItemGetNoGradient(String name) {
        try (Case given = new Case(name)) {
            float[] keys = given.gradients().keys;
            float[] mask = given.pooled.histories.mask;
            assertThat(keys).hasSize(given.backbone.sequence() ? mask.length * Point.KEY : 0);
            for (int k = 0; k < keys.length; k++) {
                if (mask[k / Point.KEY] == 0) {
                    assertThat(keys[k]).isZero();
                } else {
                    assertThat(keys[k]).isNotZero();
                }
            }
        }
    }

    /** The table people read is the list of backbones there are, in their order, and its counts are theirs. */
    @Test
    void theTableOfBackbonesSaysHowManyDenseParametersTheyHave() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "backbones.md")).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" \\| "))
                .map(cells -> cells[0].substring(3, cells[0].indexOf('`', 3)) + " " + cells[3] + " " + cells[4])
                .toList();
        assertThat(rows)
                .isEqualTo(Backbones.names().stream()
                        .map(name -> "%s %,d %,d".formatted(name, size(name, 32), size(name, 64)))
                        .toList());
    }

    private static int size(String name, int dimension) {
        return Backbones.of(name).parameters(Field.COUNT, dimension).stream()
                .mapToInt(ParameterSpec::size)
                .sum();
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Backbones.of("mlp"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "backbone must be one of dcnv2, dcnv2-mix, dcnv1, deepfm, xdeepfm, autoint, din, mf, got mlp");
    }

    /** A pass's gradients. */
    private static final class Found {
        private final List<float[]> dense;
        private final float[] features;
        private final float[] linear;
        private final float[] keys;

        private Found(List<float[]> dense, float[] features, float[] linear, float[] keys) {
            this.dense = dense;
            this.features = features;
            this.linear = linear;
            this.keys = keys;
        }
    }

    /** A network with everything drawn large enough to matter. */
    private static final class Case implements AutoCloseable {

        private final Backbone backbone;
        private final DenseParameters parameters;
        private final Pooled pooled;
        private final Point point;
        private final Network network;

        private Case(String name) {
            backbone = Backbones.of(name);
            parameters = new DenseParameters(backbone.parameters(Field.COUNT, Point.FACTORS), 5);
            Draws draws = Draws.of(11, name);
            for (ParameterSpec spec : parameters.specs()) {
                if (spec.deviation() == 0) {
                    draws.normal(parameters.values(spec), 0, spec.size(), 0.3);
                }
            }
            pooled = pooled(draws);
            point = new Point(parameters, pooled);
            network = new Network(backbone, Field.COUNT, Point.FACTORS, Compute.DEFAULT);
        }

        private Found gradients() {
            FieldGradients fields = new FieldGradients(Point.FACTORS);
            try (Network.Pass pass = network.pass(parameters, pooled)) {
                Network.Gradients found = pass.backward(BY_LOGIT, fields);
                int keys = found.keys() * Point.FACTORS;
                return new Found(
                        found.dense(),
                        Arrays.copyOf(fields.factors, pooled.features.length),
                        Arrays.copyOf(fields.linear, pooled.linear.length),
                        Arrays.copyOfRange(fields.factors, keys, keys + pooled.histories.keys.length));
            }
        }

        private Pooled pooled(Draws draws) {
            Pooled.Histories histories = backbone.sequence() ? histories(draws) : Pooled.Histories.NONE;
            Pooled drawn = new Pooled(Point.ROWS, Field.COUNT, Point.FACTORS, histories);
            draws.normal(drawn.features, 0, drawn.features.length, 1);
            if (backbone.linear()) {
                draws.normal(drawn.linear, 0, drawn.linear.length, 1);
            }
            Arrays.fill(drawn.features, Point.WIDTH + 2, Point.WIDTH + 6, 0);
            return drawn;
        }

        private static Pooled.Histories histories(Draws draws) {
            var drawn = new Pooled.Histories(Point.LENGTHS.length, Point.PLACES, Point.FACTORS, Point.SIDES);
            draws.normal(drawn.keys, 0, drawn.keys.length, 1);
            for (int side = 0; side < Point.LENGTHS.length; side++) {
                int from = side * Point.PLACES;
                Arrays.fill(drawn.mask, from, from + Point.LENGTHS[side], 1);
            }
            return drawn;
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
