package coldstream.model;

import java.util.Arrays;

/**
 * The logits of the backbone {@code dcnv2}, with what depends on the item alone worked out before anybody asks. It says what
 * {@code DcnV2} says; only the order of sums differs.
 *
 * <p>x0 = [u; v], the user's fields (a) before the item's (b), D = a + b, and o = [o<sub>u</sub>; o<sub>v</sub>;
 * o<sub>deep</sub>] the last layer's weights. The first cross layer is x1 = x0 ⊙ (i + I), i = W₁ [u; 0] + b₁ + 1 the user's
 * part and I = W₁ [0; v] the item's. Of the second only the product with o is wanted, in which W₂ can be multiplied from the
 * left:
 *
 * <pre>
 * o·x2 = (p + P)·x1 + (o ⊙ x0)·b₂      p = W₂ᵀ [o_u ⊙ u; 0] + o,  P = W₂ᵀ [0; o_v ⊙ v]
 * </pre>
 *
 * so that the product is Σ<sub>k</sub> x0<sub>k</sub> (i<sub>k</sub> + I<sub>k</sub>) (p<sub>k</sub> + P<sub>k</sub>).
 * Multiplied out, every term is a user's number times an item's, and those in which an item's number is linear in v are one
 * vector c of the user's (b):
 *
 * <pre>
 * Σ_{k in u} u_k (I P)_k  +  Σ_{k in v} i_k (v P)_k + p_k (v I)_k + i_k p_k v_k + (v I P)_k  +  c·v  +  Σ_{k in u} u_k i_k p_k
 * c = Σ_{k in u} u_k (i_k ∂P_k/∂v + p_k ∂I_k/∂v)
 * </pre>
 *
 * Of an item v, v ⊙ I, v ⊙ P, I ⊙ P where it meets the user, and what is its own alone are kept, a + 3 b + 1 numbers, and both
 * layers cost as many multiplications instead of 2 D². Of the perceptron the first layer is split alike.
 */
final class SplitDcnV2 implements Split {

    /** Numbers of I and P worked out at a time. */
    private static final int SOME = 32;

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
    private final float[] out;
    private final float outBias;

    /** Where an item's numbers are, in rows of a block; v comes first. */
    private final int images;

    private final int pulls;
    private final int met;
    private final int own;
    private final SplitPerceptron deep;

    SplitDcnV2(Values values, int dimension) {
        a = Field.USER_FIELDS * dimension;
        b = Field.ITEM_FIELDS * dimension;
        width = a + b;
        cross1 = values.of("cross1.weight");
        cross1Bias = values.of("cross1.bias");
        cross2 = values.of("cross2.weight");
        cross2Bias = values.of("cross2.bias");
        out = values.of("out.weight");
        outBias = values.of("out.bias")[0];
        weighted = new float[b * width];
        weightedBias = new float[b];
        for (int k = 0; k < b; k++) {
            for (int j = 0; j < width; j++) {
                weighted[k * width + j] = out[a + k] * cross2[(a + k) * width + j];
            }
            weightedBias[k] = out[a + k] * cross2Bias[a + k];
        }
        images = b;
        pulls = images + b;
        met = pulls + b;
        own = met + a;
        deep = new SplitPerceptron(values, a, b, own + 1, width);
    }

    @Override
    public int rows() {
        return deep.end();
    }

    @Override
    public void put(float[] fields, float[] linear, float[][] block, int lane) {
        for (int k = 0; k < b; k++) {
            block[k][lane] = fields[k];
        }
    }

    @Override
    public void prepare(float[][] block, int lanes) {
        Arrays.fill(block[own], 0);
        Lanes.add(weightedBias, block, 0, b, block[own], lanes);
        float[][] image = new float[SOME][lanes];
        float[][] pull = new float[SOME][lanes];
        for (int from = 0; from < width; from += SOME) {
            int some = Math.min(SOME, width - from);
            for (int j = 0; j < some; j++) {
                Arrays.fill(image[j], 0);
                Arrays.fill(pull[j], 0);
            }
            Lanes.multiply(new Lanes.Matrix(cross1, from * width + a, width, 1), block, 0, b, image, 0, some, lanes);
            Lanes.multiply(new Lanes.Matrix(weighted, from, 1, width), block, 0, b, pull, 0, some, lanes);
            for (int j = 0; j < some; j++) {
                prepare(block, from + j, image[j], pull[j], lanes);
            }
        }
        deep.prepare(block, lanes);
    }

    /** What is kept of the j-th numbers of I and P. */
    private void prepare(float[][] block, int j, float[] image, float[] pull, int lanes) {
        if (j < a) {
            Lanes.multiply(image, pull, block[met + j], lanes);
        } else {
            int k = j - a;
            Lanes.multiply(block[k], image, block[images + k], lanes);
            Lanes.multiply(block[k], pull, block[pulls + k], lanes);
            Lanes.addProduct(block[images + k], pull, block[own], lanes);
        }
    }

    @Override
    public Asking asking(Pooled side) {
        return new OfUser(Arrays.copyOf(side.features, a));
    }

    /** A user, whose part is worked out once. */
    private final class OfUser implements Asking {

        /** What every row before {@link #own} is multiplied by. */
        private final float[] weights = new float[own];

        private final float constant;
        private final SplitPerceptron.OfUser deep1;

        /** @param u the user's fields (a) */
        OfUser(float[] u) {
            float[] image = new float[width];
            float[] pull = Arrays.copyOf(out, width);
            float sum = outBias;
            for (int j = 0; j < width; j++) {
                image[j] = 1 + cross1Bias[j] + Split.dot(cross1, j * width, u);
            }
            for (int k = 0; k < a; k++) {
                float weight = out[k] * u[k];
                sum += weight * cross2Bias[k];
                for (int j = 0; j < width; j++) {
                    pull[j] += weight * cross2[k * width + j];
                }
            }
            float[] byPull = new float[a];
            for (int k = 0; k < a; k++) {
                float byImage = u[k] * pull[k];
                byPull[k] = u[k] * image[k];
                sum += byPull[k] * pull[k];
                weights[met + k] = u[k];
                for (int m = 0; m < b; m++) {
                    weights[m] += byImage * cross1[k * width + a + m];
                }
            }
            for (int m = 0; m < b; m++) {
                weights[m] += Split.dot(weighted, m * width, byPull) + image[a + m] * pull[a + m];
                weights[images + m] = pull[a + m];
                weights[pulls + m] = image[a + m];
            }
            constant = sum;
            deep1 = deep.ofUser(u);
        }

        @Override
        public void logits(float[][] block, float[] into, int lanes) {
            Arrays.fill(into, constant);
            Lanes.add(1, block[own], into, lanes);
            Lanes.add(weights, block, 0, own, into, lanes);
            deep1.add(block, into, lanes);
        }
    }
}
