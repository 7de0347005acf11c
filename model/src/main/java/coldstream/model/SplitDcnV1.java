package coldstream.model;

import java.util.Arrays;

/**
 * The logits of the backbone {@code dcnv1}, split. Its cross layers x ← x0 (w · x) + b + x only ever stretch x0 and add a
 * vector that is the same for every row, xₗ = cₗ x0 + βₗ with c₀ = 1 and β₀ = 0, so that
 *
 * <pre>
 * cₗ₊₁ = cₗ (1 + wₗ·x0) + wₗ·βₗ      βₗ₊₁ = βₗ + bₗ      o·x₃ = c₃ (o·x0) + o·β₃
 * </pre>
 *
 * and of an item four numbers are kept: its parts of w₁·x0, w₂·x0, w₃·x0 and o·x0, beside the perceptron's.
 */
final class SplitDcnV1 implements Split {

    private static final int LAYERS = 3;

    private final int a;
    private final int b;

    /** w₁, w₂, w₃ and o, one behind the other. */
    private final float[] along;

    /** wₗ·βₗ of each layer. */
    private final float[] shifts = new float[LAYERS];

    /** o·β₃ and the last layer's bias. */
    private final float constant;

    private final int lines;
    private final SplitPerceptron deep;

    SplitDcnV1(Values values, int dimension) {
        a = Field.USER_FIELDS * dimension;
        b = Field.ITEM_FIELDS * dimension;
        int width = a + b;
        along = new float[(LAYERS + 1) * width];
        float[] beta = new float[width];
        for (int layer = 0; layer < LAYERS; layer++) {
            float[] weight = values.of("cross" + (layer + 1) + ".weight");
            float[] bias = values.of("cross" + (layer + 1) + ".bias");
            System.arraycopy(weight, 0, along, layer * width, width);
            shifts[layer] = Split.dot(weight, 0, beta);
            for (int k = 0; k < width; k++) {
                beta[k] += bias[k];
            }
        }
        float[] out = values.of("out.weight");
        System.arraycopy(out, 0, along, LAYERS * width, width);
        constant = values.of("out.bias")[0] + Split.dot(out, 0, beta);
        lines = b;
        deep = new SplitPerceptron(values, a, b, lines + LAYERS + 1, width);
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
        for (int line = 0; line <= LAYERS; line++) {
            Arrays.fill(block[lines + line], 0);
        }
        Lanes.multiply(new Lanes.Matrix(along, a, a + b, 1), block, 0, b, block, lines, LAYERS + 1, lanes);
        deep.prepare(block, lanes);
    }

    @Override
    public Asking asking(Pooled side) {
        float[] u = Arrays.copyOf(side.features, a);
        float[] own = new float[LAYERS + 1];
        for (int line = 0; line <= LAYERS; line++) {
            own[line] = Split.dot(along, line * (a + b), u);
        }
        SplitPerceptron.OfUser deep1 = deep.ofUser(u);
        float[] stretch = new float[Lanes.COUNT];
        return (block, into, lanes) -> {
            Arrays.fill(stretch, 1);
            for (int layer = 0; layer < LAYERS; layer++) {
                Lanes.stretch(block[lines + layer], 1 + own[layer], shifts[layer], stretch, lanes);
            }
            Arrays.fill(into, constant);
            Lanes.addProduct(stretch, block[lines + LAYERS], own[LAYERS], into, lanes);
            deep1.add(block, into, lanes);
        };
    }
}
