package coldstream.model;

import java.util.Arrays;

/**
 * The two-layer perceptron that every backbone has, of which the first layer is a sum of a user's and an item's part: the
 * item's is {@value #WIDE} rows of a block.
 */
final class SplitPerceptron {

    private static final int WIDE = 128;
    private static final int NARROW = 64;

    private final int a;
    private final int b;
    private final int width;
    private final int begin;
    private final float[] first;
    private final float[] firstBias;

    /** Half of the second layer's weights: rectified rows come twice as large. */
    private final float[] secondHalf;

    private final float[] secondBias;

    /** Half of the last layer's weights for what this says. */
    private final float[] outHalf;

    /**
     * @param a numbers of the user's fields
     * @param b those of the item's, the first rows of a block
     * @param begin first row of a block that is this one's
     * @param outFrom where the last layer's weights for this begin
     */
    SplitPerceptron(Split.Values values, int a, int b, int begin, int outFrom) {
        this.a = a;
        this.b = b;
        this.begin = begin;
        width = a + b;
        first = values.of("deep1.weight");
        firstBias = values.of("deep1.bias");
        secondBias = values.of("deep2.bias");
        secondHalf = halved(values.of("deep2.weight"));
        outHalf = halved(Arrays.copyOfRange(values.of("out.weight"), outFrom, outFrom + NARROW));
    }

    /** Exact. */
    private static float[] halved(float[] values) {
        float[] halved = values.clone();
        for (int k = 0; k < halved.length; k++) {
            halved[k] *= 0.5f;
        }
        return halved;
    }

    int begin() {
        return begin;
    }

    /** Behind its last row. */
    int end() {
        return begin + WIDE;
    }

    void prepare(float[][] block) {
        for (int row = begin; row < end(); row++) {
            Arrays.fill(block[row], 0);
        }
        for (int j = 0; j < WIDE; j += 2) {
            int from = j * width + a;
            var weights = new Lanes.Weights(from, from + width, 1);
            Lanes.add(first, weights, b, block, block[begin + j], block[begin + j + 1]);
        }
    }

    /** @param u the user's fields (a) */
    OfUser ofUser(float[] u) {
        return new OfUser(u);
    }

    /** One thread. */
    final class OfUser {

        private final float[] hidden = new float[WIDE];
        private final float[][] wide = new float[WIDE][Lanes.COUNT];
        private final float[] narrow = new float[Lanes.COUNT];
        private final float[] next = new float[Lanes.COUNT];

        private OfUser(float[] u) {
            for (int j = 0; j < WIDE; j++) {
                hidden[j] = firstBias[j] + Split.dot(first, j * width, u);
            }
        }

        /** Adds what this says of a block's lanes. */
        void add(float[][] block, float[] into) {
            for (int j = 0; j < WIDE; j++) {
                Lanes.rectify(block[begin + j], hidden[j], wide[j]);
            }
            for (int j = 0; j < NARROW; j += 2) {
                Arrays.fill(narrow, secondBias[j]);
                Arrays.fill(next, secondBias[j + 1]);
                Lanes.add(secondHalf, new Lanes.Weights(j * WIDE, (j + 1) * WIDE, 1), WIDE, wide, narrow, next);
                Lanes.addRectified(outHalf[j], narrow, into);
                Lanes.addRectified(outHalf[j + 1], next, into);
            }
        }
    }
}
