package coldstream.model;

import coldstream.model.backbone.ParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The logits of the backbone {@code dcnv2}, with what depends on the item alone worked out before anybody asks. It says what
 * {@code DcnV2} says; only the order of sums differs.
 *
 * <p>x0 = [u; v], the user's fields (a) before the item's (b), D = a + b, and o = [o<sub>u</sub>; o<sub>v</sub>;
 * o<sub>deep</sub>] the last layer's weights. The first cross layer is x1 = x0 ⊙ (W₁ x0 + b₁ + 1), and W₁ x0 is a sum of a
 * user's and an item's part. Of the second only the product with o is wanted, in which W₂ can be multiplied from the left:
 *
 * <pre>
 * o·x2 = (r + s)·x1 + (o ⊙ x0)·b₂      r = W₂ᵀ [o_u ⊙ u; 0] + o,  s = W₂ᵀ [0; o_v ⊙ v]
 * </pre>
 *
 * so that both layers cost 5 D multiplications an item instead of 2 D². Of the perceptron the first layer is split alike. An
 * item's v, W₁ [0; v], s, s's part of (o ⊙ x0)·b₂ and the first hidden layer's part are kept, in {@link Lanes}.
 */
final class SplitDcnV2 {

    private static final int WIDE = 128;
    private static final int NARROW = 64;

    private final int a;
    private final int b;
    private final int width;
    private final float[] cross1;
    private final float[] cross1Bias;
    private final float[] cross2;
    private final float[] cross2Bias;

    /** The rows of W₂ and of b₂ that meet the item, each times its number of o. */
    private final float[] weighted;

    private final float[] weightedBias;
    private final float[] deep1;
    private final float[] deep1Bias;
    private final float[] deep2Half;
    private final float[] deep2Bias;
    private final float[] out;
    private final float outBias;

    /** Where an item's numbers are, in rows of a block. */
    private final int image;

    private final int pull;
    private final int constant;
    private final int hidden;

    /** Rows of a block. */
    final int rows;

    /** @param parameters copied */
    SplitDcnV2(DenseParameters parameters, ModelConfig config) {
        int dimension = config.dimension();
        Map<String, float[]> values = new HashMap<>();
        for (ParameterSpec spec : parameters.specs()) {
            values.put(spec.name(), parameters.values(spec).clone());
        }
        a = Field.USER_FIELDS * dimension;
        b = Field.ITEM_FIELDS * dimension;
        width = a + b;
        cross1 = value(values, "cross1.weight");
        cross1Bias = value(values, "cross1.bias");
        cross2 = value(values, "cross2.weight");
        cross2Bias = value(values, "cross2.bias");
        deep1 = value(values, "deep1.weight");
        deep1Bias = value(values, "deep1.bias");
        deep2Bias = value(values, "deep2.bias");
        out = value(values, "out.weight");
        outBias = value(values, "out.bias")[0];
        deep2Half = value(values, "deep2.weight");
        for (int k = 0; k < deep2Half.length; k++) {
            deep2Half[k] *= 0.5f; // exact; rectified rows come twice as large
        }
        weighted = new float[b * width];
        weightedBias = new float[b];
        for (int k = 0; k < b; k++) {
            for (int j = 0; j < width; j++) {
                weighted[k * width + j] = out[a + k] * cross2[(a + k) * width + j];
            }
            weightedBias[k] = out[a + k] * cross2Bias[a + k];
        }
        image = b;
        pull = image + width;
        constant = pull + width;
        hidden = constant + 1;
        rows = hidden + WIDE;
    }

    /** Whether a model can be split so: of this backbone, without a field that depends on user and item. */
    static boolean splits(ModelConfig config) {
        return config.backbone().equals("dcnv2") && !config.teacherField();
    }

    private static float[] value(Map<String, float[]> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** A block without items: {@link #rows} rows. */
    float[][] emptyBlock() {
        return new float[rows][Lanes.COUNT];
    }

    /** Puts an item's fields (b) into a lane of a block; {@link #prepare} must follow. */
    void put(float[] fields, float[][] block, int lane) {
        for (int k = 0; k < b; k++) {
            block[k][lane] = fields[k];
        }
    }

    /** Works out the rest of every lane of a block: of each row what the fields' rows, which come first, give it. */
    void prepare(float[][] block) {
        for (int row = image; row < rows; row++) {
            Arrays.fill(block[row], 0);
        }
        float[] unused = new float[Lanes.COUNT];
        for (int j = 0; j < width; j++) {
            int from = j * width + a;
            Lanes.add(cross1, new Lanes.Weights(from, from, 1), b, block, block[image + j], unused);
        }
        for (int j = 0; j < width; j++) {
            Lanes.add(weighted, new Lanes.Weights(j, j, width), b, block, block[pull + j], unused);
        }
        Lanes.add(weightedBias, new Lanes.Weights(0, 0, 1), b, block, block[constant], unused);
        for (int j = 0; j < WIDE; j += 2) {
            int from = j * width + a;
            var weights = new Lanes.Weights(from, from + width, 1);
            Lanes.add(deep1, weights, b, block, block[hidden + j], block[hidden + j + 1]);
        }
    }

    /** Copies a lane, prepared, from one block to another. */
    void copy(float[][] from, int fromLane, float[][] to, int toLane) {
        for (int row = 0; row < rows; row++) {
            to[row][toLane] = from[row][fromLane];
        }
    }

    /** A user, whose part is worked out once. One thread. */
    final class Asking {

        private final float[] u;

        /** W₁'s user part plus bias plus 1. */
        private final float[] image1;

        /** r. */
        private final float[] pull1;

        private final float[] hidden1 = new float[WIDE];
        private final float constant1;
        private final float[][] wide = new float[WIDE][Lanes.COUNT];
        private final float[] narrow = new float[Lanes.COUNT];
        private final float[] next = new float[Lanes.COUNT];

        /** @param fields of the user, from 0 on (a) */
        Asking(float[] fields) {
            u = Arrays.copyOf(fields, a);
            image1 = new float[width];
            pull1 = Arrays.copyOf(out, width);
            float sum = outBias;
            for (int j = 0; j < width; j++) {
                image1[j] = 1 + cross1Bias[j] + dot(cross1, j * width, u);
            }
            for (int k = 0; k < a; k++) {
                float weight = out[k] * u[k];
                sum += weight * cross2Bias[k];
                for (int j = 0; j < width; j++) {
                    pull1[j] += weight * cross2[k * width + j];
                }
            }
            for (int j = 0; j < WIDE; j++) {
                hidden1[j] = deep1Bias[j] + dot(deep1, j * width, u);
            }
            constant1 = sum;
        }

        /** The logits of a block's lanes. */
        void logits(float[][] block, float[] into) {
            Arrays.fill(into, constant1);
            Lanes.add(1, block[constant], into);
            for (int k = 0; k < a; k++) {
                Lanes.addProduct(u[k], block[image + k], image1[k], block[pull + k], pull1[k], into);
            }
            for (int k = a; k < width; k++) {
                Lanes.addProduct(block[k - a], block[image + k], image1[k], block[pull + k], pull1[k], into);
            }
            for (int j = 0; j < WIDE; j++) {
                Lanes.rectify(block[hidden + j], hidden1[j], wide[j]);
            }
            for (int j = 0; j < NARROW; j += 2) {
                Arrays.fill(narrow, deep2Bias[j]);
                Arrays.fill(next, deep2Bias[j + 1]);
                Lanes.add(deep2Half, new Lanes.Weights(j * WIDE, (j + 1) * WIDE, 1), WIDE, wide, narrow, next);
                Lanes.addRectified(0.5f * out[width + j], narrow, into);
                Lanes.addRectified(0.5f * out[width + j + 1], next, into);
            }
        }
    }

    private static float dot(float[] matrix, int from, float[] x) {
        float sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += matrix[from + k] * x[k];
        }
        return sum;
    }
}
