package coldstream.model;

import java.util.Arrays;

/**
 * The logits of the backbone {@code dcnv2-mix}, split. A layer is x ← x0 ⊙ (U h + b) + x, h (E R) being what the experts say,
 * weighed by their gates, and of x they see V x and G x alone, the gates' part. So of x1 = x0 ⊙ (U₁ h₁ + b₁ + 1) only the
 * products with the rows l of L = [V₂; G; o] are wanted, and with o of x2:
 *
 * <pre>
 * l·x1 = l·(x0 ⊙ (b₁ + 1)) + ((l ⊙ u) U₁) h₁ + (l ⊙ v)·(U₁ h₁)      o·x2 = o·x1 + o·(x0 ⊙ b₂) + ((o ⊙ x0) U₂) h₂
 * </pre>
 *
 * Everything linear in x0 is a user's part plus an item's, which is kept: V₁ v and G v, the first product of every l, and
 * (o ⊙ v) U₂. ((l ⊙ u) U₁) is a matrix of the user's.
 */
final class SplitDcnMix implements Split {

    private static final int EXPERTS = 4;
    private static final int RANK = 16;
    private static final int INNER = EXPERTS * RANK;

    /** Rows of [V; G], and of L. */
    private static final int SEEN = INNER + EXPERTS;

    private static final int LOOKED = SEEN + 1;

    /** What is linear in x0: [V₁; G] x0, L (x0 ⊙ (b₁ + 1)) with o·(x0 ⊙ b₂) in its last row, (o ⊙ x0) U₂. */
    private static final int LINEAR = SEEN + LOOKED + INNER;

    private final int a;
    private final int b;
    private final int width;
    private final float[] linear;

    /** L, (69, D). */
    private final float[] look;

    private final float[] outer1;
    private final float[] turn1;
    private final float[] turn2;
    private final float outBias;
    private final SplitPerceptron deep;

    SplitDcnMix(Values values, int dimension) {
        a = Field.USER_FIELDS * dimension;
        b = Field.ITEM_FIELDS * dimension;
        width = a + b;
        outer1 = values.of("cross1.u.weight");
        turn1 = values.of("cross1.c");
        turn2 = values.of("cross2.c");
        float[] out = values.of("out.weight");
        outBias = values.of("out.bias")[0];
        float[] gate = values.of("gate.weight");
        look = new float[LOOKED * width];
        System.arraycopy(values.of("cross2.v.weight"), 0, look, 0, INNER * width);
        System.arraycopy(gate, 0, look, INNER * width, EXPERTS * width);
        System.arraycopy(out, 0, look, SEEN * width, width);
        linear = new float[LINEAR * width];
        System.arraycopy(values.of("cross1.v.weight"), 0, linear, 0, INNER * width);
        System.arraycopy(gate, 0, linear, INNER * width, EXPERTS * width);
        float[] bias1 = values.of("cross1.u.bias");
        float[] bias2 = values.of("cross2.u.bias");
        float[] outer2 = values.of("cross2.u.weight");
        for (int k = 0; k < width; k++) {
            for (int l = 0; l < LOOKED; l++) {
                linear[(SEEN + l) * width + k] = look[l * width + k] * (1 + bias1[k]);
            }
            linear[(SEEN + SEEN) * width + k] += out[k] * bias2[k];
            for (int m = 0; m < INNER; m++) {
                linear[(SEEN + LOOKED + m) * width + k] = out[k] * outer2[k * INNER + m];
            }
        }
        deep = new SplitPerceptron(values, a, b, b + LINEAR, width);
    }

    @Override
    public int rows() {
        return deep.end();
    }

    @Override
    public void put(float[] fields, float[] weights, float[][] block, int lane) {
        for (int k = 0; k < b; k++) {
            block[k][lane] = fields[k];
        }
    }

    @Override
    public void prepare(float[][] block, int lanes) {
        for (int row = 0; row < LINEAR; row++) {
            Arrays.fill(block[b + row], 0);
        }
        Lanes.multiply(new Lanes.Matrix(linear, a, width, 1), block, 0, b, block, b, LINEAR, lanes);
        deep.prepare(block, lanes);
    }

    @Override
    public Asking asking(Pooled side) {
        return new OfUser(Arrays.copyOf(side.features, a));
    }

    /** A user, whose part is worked out once. */
    private final class OfUser implements Asking {

        /** The user's part of what is linear. */
        private final float[] own = new float[LINEAR];

        /** (l ⊙ u) U₁ of every l, (69, 64). */
        private final float[] matrix = new float[LOOKED * INNER];

        private final SplitPerceptron.OfUser deep1;
        private float[][] said = {};
        private float[][] turned = {};
        private float[][] seen = {};
        private float[][] met = {};
        private final LaneCurves curves = new LaneCurves();

        OfUser(float[] u) {
            for (int row = 0; row < LINEAR; row++) {
                own[row] = Split.dot(linear, row * width, u);
            }
            for (int l = 0; l < LOOKED; l++) {
                for (int k = 0; k < a; k++) {
                    float weight = look[l * width + k] * u[k];
                    for (int m = 0; m < INNER; m++) {
                        matrix[l * INNER + m] += weight * outer1[k * INNER + m];
                    }
                }
            }
            deep1 = deep.ofUser(u);
        }

        @Override
        public void logits(float[][] block, float[] into, int lanes) {
            if (said.length == 0 || said[0].length < lanes) {
                said = new float[INNER][lanes];
                turned = new float[INNER][lanes];
                seen = new float[LOOKED][lanes];
                met = new float[b][lanes];
            }
            for (int row = 0; row < SEEN; row++) {
                Lanes.add(block[b + row], own[row], seen[row], lanes);
            }
            experts(turn1, lanes);
            look(block, lanes);
            Lanes.add(seen[SEEN], outBias, into, lanes); // o·x1
            experts(turn2, lanes);
            for (int m = 0; m < INNER; m++) {
                int row = SEEN + LOOKED + m;
                Lanes.addProduct(turned[m], block[b + row], own[row], into, lanes);
            }
            deep1.add(block, into, lanes);
        }

        /** What the experts say of what they see: h, weighed. */
        private void experts(float[] turn, int lanes) {
            for (int m = 0; m < INNER; m++) {
                curves.tanh(seen[m], said[m], lanes);
                Arrays.fill(turned[m], 0);
            }
            for (int expert = 0; expert < EXPERTS; expert++) {
                var weights = new Lanes.Matrix(turn, expert * RANK * RANK, 1, RANK);
                Lanes.multiply(weights, said, expert * RANK, RANK, turned, expert * RANK, RANK, lanes);
            }
            float[][] gates = Arrays.copyOfRange(seen, INNER, SEEN);
            curves.softmax(gates, lanes);
            for (int m = 0; m < INNER; m++) {
                curves.tanh(turned[m], turned[m], lanes);
                Lanes.multiply(turned[m], gates[m / RANK], turned[m], lanes);
            }
        }

        /** L x1. */
        private void look(float[][] block, int lanes) {
            for (float[] row : met) {
                Arrays.fill(row, 0);
            }
            Lanes.multiply(new Lanes.Matrix(outer1, a * INNER, INNER, 1), turned, 0, INNER, met, 0, b, lanes);
            for (int k = 0; k < b; k++) {
                Lanes.multiply(met[k], block[k], met[k], lanes);
            }
            for (int l = 0; l < LOOKED; l++) {
                Lanes.add(block[b + SEEN + l], own[SEEN + l], seen[l], lanes);
            }
            Lanes.multiply(new Lanes.Matrix(matrix, 0, INNER, 1), turned, 0, INNER, seen, 0, LOOKED, lanes);
            Lanes.multiply(new Lanes.Matrix(look, a, width, 1), met, 0, b, seen, 0, LOOKED, lanes);
        }
    }
}
