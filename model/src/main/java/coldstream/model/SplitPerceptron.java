package coldstream.model;

import java.util.Arrays;

/**
 * The two-layer perceptron that every backbone has, of which the first layer is a sum of a user's and an item's part: the
 * item's is {@value #WIDE} rows of a block.
 */
final class SplitPerceptron {

    private static final int WIDE = 128;
    private static final int NARROW = 64;
    private static final int NEAR = 8;

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

    /** @param lanes items of the block */
    void prepare(float[][] block, int lanes) {
        for (int j = 0; j < WIDE; j++) {
            Arrays.fill(block[begin + j], 0);
        }
        Lanes.multiply(new Lanes.Matrix(first, a, width, 1), block, 0, b, block, begin, WIDE, lanes);
    }

    /** @param u the user's fields (a) */
    OfUser ofUser(float[] u) {
        return new OfUser(u);
    }

    /** One thread. */
    final class OfUser {

        private final float[] hidden = new float[WIDE];

        /** Some of the first layer at a time, so that they are near when all of the second want them. */
        private float[][] wide = {};

        private float[][] narrow = {};

        private OfUser(float[] u) {
            for (int j = 0; j < WIDE; j++) {
                hidden[j] = firstBias[j] + Split.dot(first, j * width, u);
            }
        }

        /** Adds what this says of a block's lanes. */
        void add(float[][] block, float[] into, int lanes) {
            if (narrow.length == 0 || narrow[0].length < lanes) {
                wide = new float[NEAR][lanes];
                narrow = new float[NARROW][lanes];
            }
            for (int j = 0; j < NARROW; j++) {
                Arrays.fill(narrow[j], secondBias[j]);
            }
            for (int k = 0; k < WIDE; k += NEAR) {
                for (int near = 0; near < NEAR; near++) {
                    Lanes.rectify(block[begin + k + near], hidden[k + near], wide[near], lanes);
                }
                Lanes.multiply(new Lanes.Matrix(secondHalf, k, WIDE, 1), wide, 0, NEAR, narrow, 0, NARROW, lanes);
            }
            for (int j = 0; j < NARROW; j++) {
                Lanes.addRectified(outHalf[j], narrow[j], into, lanes);
            }
        }
    }
}
