package coldstream.model;

import java.util.Arrays;

/** The logits of the backbone {@code mf}, split: of an item its row and its bias are kept, and nothing is to be worked out. */
final class SplitMf implements Split {

    private final int dimension;
    private final float bias;

    SplitMf(Values values, int dimension) {
        this.dimension = dimension;
        bias = values.of("bias")[0];
    }

    /** The item's row, then its bias. */
    @Override
    public int rows() {
        return dimension + 1;
    }

    @Override
    public void put(float[] fields, float[] linear, float[][] block, int lane) {
        for (int k = 0; k < dimension; k++) {
            block[k][lane] = fields[k];
        }
        block[dimension][lane] = linear[0];
    }

    @Override
    public void prepare(float[][] block, int lanes) {}

    @Override
    public Asking asking(Pooled side) {
        float[] user = Arrays.copyOf(side.features, dimension);
        float both = bias + side.linear[0];
        return (block, into, lanes) -> {
            Arrays.fill(into, both);
            Lanes.add(1, block[dimension], into, lanes);
            Lanes.add(user, block, 0, dimension, into, lanes);
        };
    }
}
