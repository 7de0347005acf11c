package coldstream.model.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import coldstream.model.TensorScope;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Laws the layers must obey, whatever their parameters. */
final class AlgebraTest {

    private static final int ROWS = 5;
    private static final int FIELDS = 4;
    private static final int FACTORS = 3;
    private static final int WIDTH = FIELDS * FACTORS;
    private static final Offset<Float> CLOSE = within(2e-5f);

    private final NDManager scope = TensorScope.open();
    private final Random random = new Random(7);
    private final Map<String, NDArray> parameters = new HashMap<>();
    private final NDArray x0 = normal(1, ROWS, FIELDS, FACTORS);

    private NDArray get(String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }

    private NDArray normal(double deviation, long... shape) {
        float[] values = new float[(int) new Shape(shape).size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (deviation * random.nextGaussian());
        }
        return scope.create(values, new Shape(shape));
    }

    private static void agree(NDArray found, NDArray expected) {
        assertThat(found.getShape()).isEqualTo(expected.getShape());
        assertThat(found.toFloatArray()).containsExactly(expected.toFloatArray(), CLOSE);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void theFactorisationMachineDoesNotCareForTheOrderOfFields() {
        NDArray turned = x0.get(":, 2:4").concat(x0.get(":, 0:2"), 1);
        agree(DeepFm.pairs(turned), DeepFm.pairs(x0));
    }

    @Test
    void theFactorisationMachineIsTheSumOverPairs() {
        NDArray sum = scope.zeros(new Shape(ROWS));
        for (int a = 0; a < FIELDS; a++) {
            for (int b = a + 1; b < FIELDS; b++) {
                sum = sum.add(x0.get(":, " + a).mul(x0.get(":, " + b)).sum(new int[] {1}));
            }
        }
        agree(DeepFm.pairs(x0), sum);
    }

    /** A vector cross is a matrix cross whose matrix has the vector in every row: rank one. */
    @Test
    void theFirstVersionOfCrossingIsARankOneCaseOfTheSecond() {
        NDArray flat = x0.reshape(ROWS, WIDTH);
        NDArray x = normal(1, ROWS, WIDTH);
        NDArray w = normal(0.5, 1, WIDTH);
        parameters.put("vector.weight", w);
        parameters.put("vector.bias", scope.zeros(new Shape(WIDTH)));
        parameters.put("matrix.weight", scope.ones(new Shape(WIDTH, 1)).matMul(w));
        parameters.put("matrix.bias", scope.zeros(new Shape(WIDTH)));
        agree(DcnV1.cross(flat, x, this::get, "vector"), DcnV2.cross(flat, x, this::get, "matrix"));
    }

    /**
     * tanh is the identity near 0, so experts with small V, C = 1, and U larger by as much are the matrix U Vᵀ. The matrix
     * has a rank below an expert's, and all experts hold it, so that gates, whatever they are, change nothing.
     */
    @Test
    void theMixtureIsTheFullMatrixWhereItsFactorsAreExact() {
        float small = 1e-3f;
        NDArray flat = x0.reshape(ROWS, WIDTH);
        NDArray x = normal(1, ROWS, WIDTH);
        NDArray v = normal(0.5, DcnMix.RANK, WIDTH);
        NDArray u = normal(0.5, WIDTH, DcnMix.RANK);
        NDArray bias = normal(0.5, WIDTH);
        parameters.put("gate.weight", normal(1, DcnMix.EXPERTS, WIDTH));
        parameters.put("mix.v.weight", everyExpert(v.mul(small), 0).reshape(-1, WIDTH));
        parameters.put("mix.c", everyExpert(scope.eye(DcnMix.RANK), 0));
        parameters.put("mix.u.weight", everyExpert(u.div(small), 1).reshape(WIDTH, -1));
        parameters.put("mix.u.bias", bias);
        parameters.put("full.weight", u.matMul(v));
        parameters.put("full.bias", bias);
        NDArray mixture = DcnMix.cross(flat, x, this::get, "mix");
        NDArray full = DcnV2.cross(flat, x, this::get, "full");
        assertThat(mixture.toFloatArray()).containsExactly(full.toFloatArray(), within(5e-4f));
        parameters.put("gate.weight", normal(1, DcnMix.EXPERTS, WIDTH));
        agree(DcnMix.cross(flat, x, this::get, "mix"), mixture);
    }

    private static NDArray everyExpert(NDArray matrix, int axis) {
        NDArray one = matrix.expandDims(axis);
        return one.repeat(axis, DcnMix.EXPERTS);
    }

    @Test
    void gatesOfTheMixtureSumToOne() {
        parameters.put("gate.weight", normal(3, DcnMix.EXPERTS, WIDTH));
        NDArray gates = DcnMix.gates(x0.reshape(ROWS, WIDTH), this::get);
        agree(gates.sum(new int[] {1}), scope.ones(new Shape(ROWS)));
    }

    @Test
    void attentionOfEveryFieldAndHeadSumsToOne() {
        NDArray weights = AutoInt.weights(normal(3, ROWS, FIELDS, AutoInt.SIZE), normal(3, ROWS, FIELDS, AutoInt.SIZE));
        assertThat(weights.getShape()).isEqualTo(new Shape(ROWS, 2, FIELDS, FIELDS));
        agree(weights.sum(new int[] {3}), scope.ones(new Shape(ROWS, 2, FIELDS)));
        assertThat(weights.min().getFloat()).isPositive();
    }

    /** Three loops for each number: maps by fields by factors. */
    @Test
    void compressedInteractionsAreTheirTripleSum() {
        for (ParameterSpec spec : new XDeepFm().parameters(FIELDS, FACTORS)) {
            long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
            parameters.put(spec.name(), normal(0.5, shape));
        }
        float[] found = XDeepFm.interactions(this::get, x0).toFloatArray();
        float[] fields = x0.toFloatArray();
        for (int row = 0; row < ROWS; row++) {
            double[][] maps = new double[FIELDS][FACTORS];
            for (int k = 0; k < WIDTH; k++) {
                maps[k / FACTORS][k % FACTORS] = fields[row * WIDTH + k];
            }
            double[][] own = maps;
            int out = row * 64;
            for (int layer = 1; layer <= XDeepFm.LAYERS; layer++) {
                double[][] made = layer(maps, own, "cin" + layer);
                int next = layer < XDeepFm.LAYERS ? XDeepFm.MAPS / 2 : 0;
                for (int h = next; h < XDeepFm.MAPS; h++) {
                    double sum = made[h][0] + made[h][1] + made[h][2];
                    assertThat((double) found[out++]).isEqualTo(sum, within(1e-4 * (1 + Math.abs(sum))));
                }
                maps = java.util.Arrays.copyOf(made, next);
            }
            assertThat(out).isEqualTo(row * 64 + 64);
        }
    }

    private double[][] layer(double[][] maps, double[][] fields, String name) {
        float[] weight = get(name + ".weight").toFloatArray();
        float[] bias = get(name + ".bias").toFloatArray();
        double[][] made = new double[XDeepFm.MAPS][FACTORS];
        for (int h = 0; h < XDeepFm.MAPS; h++) {
            for (int k = 0; k < FACTORS; k++) {
                double sum = bias[h];
                for (int i = 0; i < maps.length; i++) {
                    for (int j = 0; j < FIELDS; j++) {
                        sum += weight[(h * maps.length + i) * FIELDS + j] * maps[i][k] * fields[j][k];
                    }
                }
                made[h][k] = Math.max(0, sum);
            }
        }
        return made;
    }
}
