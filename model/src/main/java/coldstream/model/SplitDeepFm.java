package coldstream.model;

import java.util.Arrays;

/**
 * The logits of the backbone {@code deepfm}, split. With U and V the sums of the user's and of the item's fields, the products
 * of all pairs of fields are those among the user's, those among the item's, and U·V. Of an item are kept V, its own pairs
 * plus its linear weights, and the perceptron's part.
 */
final class SplitDeepFm implements Split {

    private final int dimension;
    private final int a;
    private final int b;
    private final float outBias;

    /** Row of an item's own pairs and linear weights; V follows. */
    private final int own;

    private final SplitPerceptron deep;

    SplitDeepFm(Values values, int dimension) {
        this.dimension = dimension;
        a = Field.USER_FIELDS * dimension;
        b = Field.ITEM_FIELDS * dimension;
        outBias = values.of("out.bias")[0];
        own = b;
        deep = new SplitPerceptron(values, a, b, own + 1 + dimension, 0);
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
        float sum = pairs(fields, Field.ITEM_FIELDS);
        for (int field = 0; field < Field.ITEM_FIELDS; field++) {
            sum += linear[field];
        }
        block[own][lane] = sum;
    }

    /** Σ over pairs of the first fields of their dot products. */
    private float pairs(float[] fields, int count) {
        float sum = 0;
        for (int k = 0; k < dimension; k++) {
            float together = 0;
            float apart = 0;
            for (int field = 0; field < count; field++) {
                float value = fields[field * dimension + k];
                together += value;
                apart += value * value;
            }
            sum += together * together - apart;
        }
        return 0.5f * sum;
    }

    @Override
    public void prepare(float[][] block, int lanes) {
        for (int k = 0; k < dimension; k++) {
            Arrays.fill(block[own + 1 + k], 0);
            for (int field = 0; field < Field.ITEM_FIELDS; field++) {
                Lanes.add(1, block[field * dimension + k], block[own + 1 + k], lanes);
            }
        }
        deep.prepare(block, lanes);
    }

    @Override
    public Asking asking(Pooled side) {
        float[] u = Arrays.copyOf(side.features, a);
        float[] sums = new float[dimension];
        float constant = outBias + pairs(u, Field.USER_FIELDS);
        for (int field = 0; field < Field.USER_FIELDS; field++) {
            constant += side.linear[field];
            for (int k = 0; k < dimension; k++) {
                sums[k] += u[field * dimension + k];
            }
        }
        float all = constant;
        SplitPerceptron.OfUser deep1 = deep.ofUser(u);
        return (block, into, lanes) -> {
            Arrays.fill(into, all);
            Lanes.add(1, block[own], into, lanes);
            Lanes.add(sums, block, own + 1, dimension, into, lanes);
            deep1.add(block, into, lanes);
        };
    }
}
