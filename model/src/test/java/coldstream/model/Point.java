package coldstream.model;

import coldstream.model.backbone.ParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Every number a network depends on, in doubles: what {@link Formulas} are functions of. Four rows of three sides, the
 * second of which has an empty history.
 */
final class Point {

    static final int ROWS = 4;
    static final int FACTORS = 2;
    static final int PLACES = 3;
    static final int WIDTH = Field.COUNT * FACTORS;
    static final int KEY = 2 * FACTORS;
    static final int[] SIDES = {0, 1, 0, 2};
    static final int[] LENGTHS = {2, 0, 3};

    final Map<String, double[]> dense = new LinkedHashMap<>();
    final double[] features;
    final double[] linear;

    /** (S, T, 2 d); there is something in places without an item too, which must not matter. */
    final double[] keys;

    /** Whether a field of a row is nothing but zeros, (N, F): decided once, so that no difference steps over it. */
    private final boolean[] absent = new boolean[ROWS * Field.COUNT];

    Point(DenseParameters parameters, Pooled pooled) {
        for (ParameterSpec spec : parameters.specs()) {
            dense.put(spec.name(), doubles(parameters.values(spec)));
        }
        features = doubles(pooled.features);
        linear = doubles(pooled.linear);
        keys = doubles(pooled.histories.keys);
        for (int field = 0; field < absent.length; field++) {
            int from = field * FACTORS;
            absent[field] = Arrays.stream(features, from, from + FACTORS).allMatch(x -> x == 0);
        }
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            doubles[k] = values[k];
        }
        return doubles;
    }

    double[] parameter(String name) {
        return Objects.requireNonNull(dense.get(name), name);
    }

    /** The fields of a row, side by side. */
    double[] row(int row) {
        return Arrays.copyOfRange(features, row * WIDTH, (row + 1) * WIDTH);
    }

    double[] field(int row, int field) {
        int from = row * WIDTH + field * FACTORS;
        return Arrays.copyOfRange(features, from, from + FACTORS);
    }

    boolean absent(int row, int field) {
        return absent[row * Field.COUNT + field];
    }

    double[] key(int side, int place) {
        int from = (side * PLACES + place) * KEY;
        return Arrays.copyOfRange(keys, from, from + KEY);
    }
}
