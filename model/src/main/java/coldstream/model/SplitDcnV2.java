package coldstream.model;

import java.util.Arrays;

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
 * item's v, W₁ [0; v], s, s's part of (o ⊙ x0)·b₂ and the first hidden layer's part are kept.
 */
final class SplitDcnV2 implements Split {

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

    /** Where an item's numbers are, in rows of a block. */
    private final int image;

    private final int pull;
    private final int constant;
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
        image = b;
        pull = image + width;
        constant = pull + width;
        deep = new SplitPerceptron(values, a, b, constant + 1, width);
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
    public void prepare(float[][] block) {
        for (int row = image; row < deep.begin(); row++) {
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
        deep.prepare(block);
    }

    @Override
    public Asking asking(Pooled side) {
        return new OfUser(Arrays.copyOf(side.features, a));
    }

    /** A user, whose part is worked out once. */
    private final class OfUser implements Asking {

        private final float[] u;

        /** W₁'s user part plus bias plus 1. */
        private final float[] image1;

        /** r. */
        private final float[] pull1;

        private final float constant1;
        private final SplitPerceptron.OfUser deep1;

        /** @param u the user's fields (a) */
        OfUser(float[] u) {
            this.u = u;
            image1 = new float[width];
            pull1 = Arrays.copyOf(out, width);
            float sum = outBias;
            for (int j = 0; j < width; j++) {
                image1[j] = 1 + cross1Bias[j] + Split.dot(cross1, j * width, u);
            }
            for (int k = 0; k < a; k++) {
                float weight = out[k] * u[k];
                sum += weight * cross2Bias[k];
                for (int j = 0; j < width; j++) {
                    pull1[j] += weight * cross2[k * width + j];
                }
            }
            constant1 = sum;
            deep1 = deep.ofUser(u);
        }

        @Override
        public void logits(float[][] block, float[] into) {
            Arrays.fill(into, constant1);
            Lanes.add(1, block[constant], into);
            for (int k = 0; k < a; k++) {
                Lanes.addProduct(u[k], block[image + k], image1[k], block[pull + k], pull1[k], into);
            }
            for (int k = a; k < width; k++) {
                Lanes.addProduct(block[k - a], block[image + k], image1[k], block[pull + k], pull1[k], into);
            }
            deep1.add(block, into);
        }
    }
}
