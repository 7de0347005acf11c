package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every optimiser of rows against its equations, written once more in doubles for one row at a time, over a random sequence of
 * touches; SparseAdam against numbers that PyTorch printed.
 */
class RowOptimizerTest {

    private static final int ROWS = 6;
    private static final int D = 3;
    private static final int STEPS = 200;
    private static final float SCALE = 4;

    static Stream<RowOptimizer> every() {
        return Stream.of(
                new RowAdagrad(0.2, 1e-3),
                new RowAdagrad(0.2, 1e-3, 0.9, false, 0.1, 0.01),
                new RowAdagrad(0.2, 1e-3, 0.99, true, 0, 0),
                new LazyAdam(0.01, 0.001),
                new SparseAdam(0.01));
    }

    /** One row by the equations; {@code gradient} is null in steps that do not touch it. */
    interface Oracle {
        void step(double[] w, double[] gradient, long step);
    }

    /** Both run over the same touches, each row with its own oracle; the weights must stay together. */
    private static RowTable agree(
            RowOptimizer optimizer, java.util.function.Supplier<Oracle> oracle, double tolerance) {
        RowTable table = optimizer.table(D, false);
        double[][] expected = new double[ROWS][D];
        Oracle[] oracles = new Oracle[ROWS];
        for (int row = 0; row < ROWS; row++) {
            table.add();
            oracles[row] = oracle.get();
            Draws.of(row).normal(table.chunkToWrite(row), table.offset(row), D, 1);
            for (int k = 0; k < D; k++) {
                expected[row][k] = table.chunk(row)[table.offset(row) + k];
            }
        }
        Draws draws = Draws.of(1);
        Gathered gradients = new Gathered(table);
        for (int step = 1; step <= STEPS; step++) {
            for (int row = 0; row < ROWS; row++) {
                if (draws.uniform() < 1.0 / (1 << row)) { // some rows in every step, some hardly ever
                    float[] g = new float[D];
                    draws.normal(g, 0, D, 0.3);
                    gradients.add(row, 1, g, 0);
                    oracles[row].step(expected[row], new double[] {SCALE * g[0], SCALE * g[1], SCALE * g[2]}, step);
                }
            }
            gradients.apply(optimizer, SCALE, step);
            for (int row = 0; row < ROWS; row++) {
                for (int k = 0; k < D; k++) {
                    assertThat((double) table.chunk(row)[table.offset(row) + k])
                            .as("row %d after step %d", row, step)
                            .isEqualTo(expected[row][k], within(tolerance));
                }
            }
        }
        return table;
    }

    private static double norm(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /** G ← ρ^Δ G + mean g², a step of at most {@code clip}, after w ← (1 − rate l) w. */
    private static Oracle adagrad(double decay, boolean bySteps, double clip, double shrink) {
        return new Oracle() {
            private double square;
            private long last;

            @Override
            public void step(double[] w, double[] g, long step) {
                double forgotten = Math.pow(decay, bySteps ? (double) (step - last) : 1);
                last = step;
                square = forgotten * square + norm(g) * norm(g) / D;
                double size = 0.2 / Math.sqrt(square + 1e-3);
                double limit = clip > 0 ? Math.min(1, clip / (size * norm(g))) : 1;
                for (int k = 0; k < D; k++) {
                    w[k] = w[k] * (1 - 0.2 * shrink) - limit * size * g[k];
                }
            }
        };
    }

    @Test
    void adagradFollowsItsEquations() {
        agree(new RowAdagrad(0.2, 1e-3), () -> adagrad(1, false, 0, 0), 1e-4);
    }

    @Test
    void adagradForgetsByTouches() {
        agree(new RowAdagrad(0.2, 1e-3, 0.9, false, 0, 0), () -> adagrad(0.9, false, 0, 0), 1e-4);
    }

    @Test
    void adagradForgetsByStepsTooWhileNobodyTouchesTheRow() {
        agree(new RowAdagrad(0.2, 1e-3, 0.97, true, 0, 0), () -> adagrad(0.97, true, 0, 0), 1e-4);
    }

    @Test
    void adagradKeepsToTheLongestStepAndShrinksWhatItTouches() {
        agree(new RowAdagrad(0.2, 1e-3, 1, false, 0.1, 0.05), () -> adagrad(1, false, 0.1, 0.05), 1e-4);
    }

    /** The arithmetic of before there was decay, number for number. */
    @Test
    void adagradWithoutDecayIsRowWiseAdagradToTheLastBit() {
        RowAdagrad adagrad = new RowAdagrad(0.2, 1e-3);
        RowTable table = adagrad.table(D, true);
        table.add();
        Gathered gradients = new Gathered(table);
        float[] w = new float[D];
        float square = 0;
        Draws draws = Draws.of(3);
        for (int step = 1; step <= 1000; step++) {
            float[] g = new float[D];
            draws.normal(g, 0, D, 0.1);
            gradients.add(0, 1, g, 0);
            gradients.apply(adagrad, 128, step);
            double sum = 0;
            for (float one : g) {
                double scaled = 128f * one;
                sum += scaled * scaled;
            }
            square = (float) (square + sum / D);
            float size = (float) (0.2 * 128f / Math.sqrt(square + 1e-3));
            for (int k = 0; k < D; k++) {
                w[k] -= size * g[k];
                assertThat(table.chunk(0)[table.offset(0) + k]).isEqualTo(w[k]);
            }
            assertThat(table.state(0, 0)).isEqualTo(square);
        }
    }

    @Test
    void lazyAdamFollowsItsEquations() {
        agree(
                new LazyAdam(0.01, 0.001),
                () -> new Oracle() {
                    private final double[] m = new double[D];
                    private final double[] v = new double[D];
                    private long last;
                    private int touches;

                    @Override
                    public void step(double[] w, double[] g, long step) {
                        double since = (double) (step - last);
                        last = step;
                        touches++;
                        double rate = touches <= 3 ? 0.001 : 0.01;
                        for (int k = 0; k < D; k++) {
                            m[k] = Math.pow(0.9, since) * m[k] + 0.1 * g[k];
                            v[k] = Math.pow(0.999, since) * v[k] + 0.001 * g[k] * g[k];
                            double mean = m[k] / (1 - Math.pow(0.9, touches));
                            double square = v[k] / (1 - Math.pow(0.999, touches));
                            w[k] -= rate * mean / (Math.sqrt(square) + 1e-8);
                        }
                    }
                },
                1e-4);
    }

    /** The moments of an Adam that updates every row in every step, with gradient 0 where there is none. */
    @Test
    void lazyAdamCatchesUpWithDenseAdamsMoments() {
        LazyAdam lazy = new LazyAdam(0.01, 0.01);
        RowTable table = lazy.table(D, false);
        table.add();
        Gathered gradients = new Gathered(table);
        double[] m = new double[D];
        double[] v = new double[D];
        Draws draws = Draws.of(5);
        int compared = 0;
        for (int step = 1; step <= 500; step++) {
            boolean touched = draws.uniform() < 0.1;
            float[] g = new float[D];
            if (touched) {
                draws.normal(g, 0, D, 1);
                gradients.add(0, 1, g, 0);
            }
            gradients.apply(lazy, 1, step);
            for (int k = 0; k < D; k++) {
                m[k] = 0.9 * m[k] + 0.1 * g[k];
                v[k] = 0.999 * v[k] + 0.001 * g[k] * g[k];
                if (touched) {
                    assertThat((double) table.state(0, k)).isEqualTo(m[k], within(1e-6));
                    assertThat((double) table.state(0, D + k)).isEqualTo(v[k], within(1e-7));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(60);
    }

    /** Written by {@code src/test/python/sparse_adam.py} with PyTorch 1.13. */
    @Test
    void sparseAdamDoesWhatPyTorchPrinted() throws IOException {
        SparseAdam adam = new SparseAdam(0.05);
        RowTable table = adam.table(D, false);
        for (int row = 0; row < 5; row++) {
            table.add();
        }
        Gathered gradients = new Gathered(table);
        int applied = 0;
        int compared = 0;
        for (String line : lines()) {
            String[] parts = line.split(",", -1);
            int step = Integer.parseInt(parts[1]);
            int row = Integer.parseInt(parts[2]);
            float[] numbers = new float[D];
            for (int k = 0; k < D; k++) {
                numbers[k] = Float.parseFloat(parts[3 + k]);
            }
            if (parts[0].equals("g")) {
                gradients.add(row, 1, numbers, 0);
                continue;
            }
            if (step > applied) {
                gradients.apply(adam, 1, step);
                applied = step;
            }
            for (int k = 0; k < D; k++) {
                assertThat(table.chunk(row)[table.offset(row) + k])
                        .as("row %d after step %d", row, step)
                        .isEqualTo(numbers[k], within(1e-6f));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(14 * 5 * D);
    }

    private static List<String> lines() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RowOptimizerTest.class.getResourceAsStream("/sparse-adam.csv")),
                StandardCharsets.UTF_8))) {
            return in.lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void aRowsGradientsAreAddedUpBeforeItMoves(RowOptimizer optimizer) {
        float[] first = {1, -2, 3};
        float[] second = {-0.5f, 1, 0.25f};
        RowTable together = moved(optimizer, List.of(first, second), false);
        RowTable sum = moved(optimizer, List.of(new float[] {0.5f, -1, 3.25f}), false);
        RowTable apart = moved(optimizer, List.of(first, second), true);
        assertThat(together.flatValues()).isEqualTo(sum.flatValues());
        assertThat(together.flatStates()).isEqualTo(sum.flatStates());
        assertThat(together.flatValues()).isNotEqualTo(apart.flatValues());
    }

    private static RowTable moved(RowOptimizer optimizer, List<float[]> gradients, boolean apart) {
        RowTable table = optimizer.table(D, false);
        table.add();
        Gathered sums = new Gathered(table);
        for (float[] gradient : gradients) {
            sums.add(0, 1, gradient, 0);
            if (apart) {
                sums.apply(optimizer, 1, 1);
            }
        }
        sums.apply(optimizer, 1, 1);
        return table;
    }

    @ParameterizedTest
    @MethodSource("every")
    void aRowNobodyTouchesStaysAsItIs(RowOptimizer optimizer) {
        RowTable table = optimizer.table(D, true);
        Gathered gradients = new Gathered(table);
        for (int row = 0; row < 3; row++) {
            table.add();
            Draws.of(row).normal(table.chunkToWrite(row), table.offset(row), D + 1, 1);
        }
        float[] before = table.flatValues();
        gradients.add(1, 1, new float[] {1, 1, 1}, 1);
        gradients.apply(optimizer, 1, 1);
        for (int row = 0; row < 3; row++) {
            assertThat(table.untouched(row)).isEqualTo(row != 1);
            for (int k = 0; k <= D; k++) {
                boolean same = table.flatValues()[row * (D + 1) + k] == before[row * (D + 1) + k];
                assertThat(same).isEqualTo(row != 1);
            }
        }
    }

    @Test
    void settingsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> new RowAdagrad(0.2, 1e-3, 0, false, 0, 0)).hasMessageContaining("row decay must");
        assertThatThrownBy(() -> new RowAdagrad(0.2, 1e-3, 1, false, -1, 0)).hasMessageContaining("row step clip");
        assertThatThrownBy(() -> new LazyAdam(-1, 0)).hasMessageContaining("row rates must not be negative");
    }
}
