package coldstream.model;

/**
 * Sums for many items at once: a row is an array with one number of each of {@value #COUNT} items, side by side. Every item
 * has a lane of its own, and the order of its sum is fixed, so its result depends on no other item, however they are put
 * together. The loops are such that the compiler takes many lanes at once: whole arrays from 0 on, four rows and one sum.
 */
final class Lanes {

    /** Items in a row. */
    static final int COUNT = 256;

    private static final int AT_ONCE = 4;

    private Lanes() {}

    /**
     * Where the weights of two sums over the same rows are: the k-th of the one at {@code one + k stride} and of the other at
     * {@code other + k stride}.
     */
    record Weights(int one, int other, int stride) {}

    /** one += Σ<sub>k</sub> w<sub>k</sub> x<sub>k</sub>, and the other likewise, over the first {@code count} rows. */
    static void add(float[] w, Weights where, int count, float[][] rows, float[] one, float[] other) {
        int stride = where.stride;
        int k = 0;
        for (; k + AT_ONCE <= count; k += AT_ONCE) {
            int at = where.one + k * stride;
            int next = where.other + k * stride;
            float[] a = rows[k];
            float[] b = rows[k + 1];
            float[] c = rows[k + 2];
            float[] d = rows[k + 3];
            add(w[at], w[at + stride], w[at + 2 * stride], w[at + 3 * stride], a, b, c, d, one);
            add(w[next], w[next + stride], w[next + 2 * stride], w[next + 3 * stride], a, b, c, d, other);
        }
        for (; k < count; k++) {
            add(w[where.one + k * stride], rows[k], one);
            add(w[where.other + k * stride], rows[k], other);
        }
    }

    /** Into one array alone: with two the compiler takes lanes one by one, unless it happens to see through the caller. */
    private static void add(
            float w0, float w1, float w2, float w3, float[] a, float[] b, float[] c, float[] d, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += (w0 * a[i] + w1 * b[i]) + (w2 * c[i] + w3 * d[i]);
        }
    }

    /** one += w x, and other += v y. */
    static void addEach(float w, float[] x, float[] one, float v, float[] y, float[] other) {
        add(w, x, one);
        add(v, y, other);
    }

    /** into += w x. */
    static void add(float weight, float[] x, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += weight * x[i];
        }
    }

    /** into += w (x + |x|): 2 w relu(x), without a branch. */
    static void addRectified(float weight, float[] x, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += weight * (x[i] + Math.abs(x[i]));
        }
    }

    /** 2 relu(x + c). */
    static void rectify(float[] x, float constant, float[] into) {
        for (int i = 0; i < into.length; i++) {
            float sum = x[i] + constant;
            into[i] = sum + Math.abs(sum);
        }
    }

    /** into += w (x + c) (y + e). */
    static void addProduct(float weight, float[] x, float constantX, float[] y, float constantY, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += weight * (x[i] + constantX) * (y[i] + constantY);
        }
    }

    /** into += w (x + c) (y + e), w being a row too. */
    static void addProduct(float[] weight, float[] x, float constantX, float[] y, float constantY, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += weight[i] * (x[i] + constantX) * (y[i] + constantY);
        }
    }

    /** into = into (x + c) + e. */
    static void stretch(float[] x, float constant, float shift, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = into[i] * (x[i] + constant) + shift;
        }
    }
}
