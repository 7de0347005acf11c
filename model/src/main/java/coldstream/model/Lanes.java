package coldstream.model;

/**
 * Sums for many items at once: a row is an array with one number of each of up to {@value #COUNT} items, side by side. Every
 * item has a lane of its own, and the order of its sum is fixed, so its result depends on no other item, however they are put
 * together. The loops are such that the compiler takes many lanes at once: arrays from 0 on, four rows into one. With two
 * arrays written, six read or one from elsewhere on, it takes them one by one.
 */
final class Lanes {

    /** Most items in a row: enough that a loop's ends weigh little, few enough that some rows stay in the nearest cache. */
    static final int COUNT = 1024;

    private static final int AT_ONCE = 4;

    /** Rows that are to stay in the nearest cache. */
    private static final int NEAR = 8;

    private Lanes() {}

    /** Weights of sums over rows: that of the k-th row in the j-th sum is at {@code first + j sumStep + k rowStep}. */
    static final class Matrix {

        private final float[] weights;
        private final int first;
        private final int sumStep;
        private final int rowStep;

        Matrix(float[] weights, int first, int sumStep, int rowStep) {
            this.weights = weights;
            this.first = first;
            this.sumStep = sumStep;
            this.rowStep = rowStep;
        }
    }

    /** into += Σ<sub>k</sub> w<sub>k</sub> x<sub>k</sub> over {@code count} rows from {@code from} on. */
    static void add(float[] w, float[][] rows, int from, int count, float[] into, int lanes) {
        add(w, 0, 1, rows, from, count, into, lanes);
    }

    /**
     * into<sub>j</sub> += Σ<sub>k</sub> w<sub>jk</sub> x<sub>k</sub> over {@code count} rows from {@code from} on, for
     * {@code sums} rows from {@code to} on. Some rows at a time meet all sums, while they are near.
     */
    static void multiply(Matrix w, float[][] rows, int from, int count, float[][] into, int to, int sums, int lanes) {
        for (int k = 0; k < count; k += NEAR) {
            int some = Math.min(NEAR, count - k);
            for (int j = 0; j < sums; j++) {
                int at = w.first + j * w.sumStep + k * w.rowStep;
                add(w.weights, at, w.rowStep, rows, from + k, some, into[to + j], lanes);
            }
        }
    }

    private static void add(
            float[] w, int first, int step, float[][] rows, int from, int count, float[] into, int lanes) {
        int k = 0;
        for (; k + AT_ONCE <= count; k += AT_ONCE) {
            addFour(w, first + k * step, step, rows, from + k, into, lanes);
        }
        for (; k < count; k++) {
            add(w[first + k * step], rows[from + k], into, lanes);
        }
    }

    private static void addFour(float[] w, int at, int step, float[][] rows, int from, float[] into, int lanes) {
        float w0 = w[at];
        float w1 = w[at + step];
        float w2 = w[at + 2 * step];
        float w3 = w[at + 3 * step];
        float[] x0 = rows[from];
        float[] x1 = rows[from + 1];
        float[] x2 = rows[from + 2];
        float[] x3 = rows[from + 3];
        for (int i = 0; i < lanes; i++) {
            into[i] += (w0 * x0[i] + w1 * x1[i]) + (w2 * x2[i] + w3 * x3[i]);
        }
    }

    /**
     * into += w<sub>k</sub> x<sub>k</sub> for k = {@code from}, {@code from + step} and so on below {@code end}, one after the
     * other, as a loop over k would.
     */
    static void addInOrder(float[] w, float[][] rows, int from, int step, int end, float[] into, int lanes) {
        int k = from;
        for (; k + (AT_ONCE - 1) * step < end; k += AT_ONCE * step) {
            addFourInOrder(w, rows, k, step, into, lanes);
        }
        for (; k < end; k += step) {
            add(w[k], rows[k], into, lanes);
        }
    }

    private static void addFourInOrder(float[] w, float[][] rows, int from, int step, float[] into, int lanes) {
        float w0 = w[from];
        float w1 = w[from + step];
        float w2 = w[from + 2 * step];
        float w3 = w[from + 3 * step];
        float[] x0 = rows[from];
        float[] x1 = rows[from + step];
        float[] x2 = rows[from + 2 * step];
        float[] x3 = rows[from + 3 * step];
        for (int i = 0; i < lanes; i++) {
            into[i] = into[i] + w0 * x0[i] + w1 * x1[i] + w2 * x2[i] + w3 * x3[i];
        }
    }

    /** into += w x. */
    static void add(float weight, float[] x, float[] into, int lanes) {
        for (int i = 0; i < lanes; i++) {
            into[i] += weight * x[i];
        }
    }

    /** into += w (x + |x|): 2 w relu(x), without a branch. */
    static void addRectified(float weight, float[] x, float[] into, int lanes) {
        for (int i = 0; i < lanes; i++) {
            into[i] += weight * (x[i] + Math.abs(x[i]));
        }
    }

    /** 2 relu(x + c). */
    static void rectify(float[] x, float constant, float[] into, int lanes) {
        for (int i = 0; i < lanes; i++) {
            float sum = x[i] + constant;
            into[i] = sum + Math.abs(sum);
        }
    }

    /** x + c. */
    static void add(float[] x, float constant, float[] into, int lanes) {
        for (int i = 0; i < lanes; i++) {
            into[i] = x[i] + constant;
        }
    }

    /** x y. */
    static void multiply(float[] x, float[] y, float[] into, int lanes) {
        for (int i = 0; i < lanes; i++) {
            into[i] = x[i] * y[i];
        }
    }

    /** into += x y. */
    static void addProduct(float[] x, float[] y, float[] into, int lanes) {
        for (int i = 0; i < lanes; i++) {
            into[i] += x[i] * y[i];
        }
    }

    /** into += x (y + c). */
    static void addProduct(float[] x, float[] y, float constant, float[] into, int lanes) {
        for (int i = 0; i < lanes; i++) {
            into[i] += x[i] * (y[i] + constant);
        }
    }

    /** into = into (x + c) + e. */
    static void stretch(float[] x, float constant, float shift, float[] into, int lanes) {
        for (int i = 0; i < lanes; i++) {
            into[i] = into[i] * (x[i] + constant) + shift;
        }
    }
}
