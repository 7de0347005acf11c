package coldstream.model;

import java.util.Arrays;

/**
 * Curves of many items at once, in rows as {@link Lanes} has them. A few loops a curve, each short enough for the compiler to
 * take many lanes at once. One thread.
 */
final class LaneCurves {

    /** Beyond it tanh is 1 in 32 bits. */
    private static final float END = 9.02f;

    /** tanh x = x (1 + Σ a x²ⁱ) / (1 + Σ b x²ⁱ) up to 6·10⁻⁸ of itself in [−END, END], fitted by least largest error. */
    private static final float[] ABOVE = {0.1291797f, 2.9194104e-3f, 9.255121e-6f, -1.2743793e-8f, 1.8162383e-11f};

    private static final float[] BELOW = {0.46251252f, 2.3757635e-2f, 2.2791358e-4f};

    private float[] square = {};
    private float[] above = {};
    private float[] most = {};

    private void room(int lanes) {
        if (square.length < lanes) {
            square = new float[lanes];
            above = new float[lanes];
            most = new float[lanes];
        }
    }

    /** tanh x, up to some roundings of 32 bits; both may be one row. */
    void tanh(float[] x, float[] into, int lanes) {
        room(lanes);
        for (int i = 0; i < lanes; i++) {
            into[i] = Math.max(-END, Math.min(END, x[i]));
        }
        Lanes.multiply(into, into, square, lanes);
        above(square, above, lanes);
        below(square, above, into, lanes);
    }

    private static void above(float[] square, float[] into, int lanes) {
        float a1 = ABOVE[0];
        float a2 = ABOVE[1];
        float a3 = ABOVE[2];
        float a4 = ABOVE[3];
        float a5 = ABOVE[4];
        for (int i = 0; i < lanes; i++) {
            float z = square[i];
            into[i] = ((((a5 * z + a4) * z + a3) * z + a2) * z + a1) * z + 1;
        }
    }

    private static void below(float[] square, float[] above, float[] into, int lanes) {
        float b1 = BELOW[0];
        float b2 = BELOW[1];
        float b3 = BELOW[2];
        for (int i = 0; i < lanes; i++) {
            float z = square[i];
            into[i] = into[i] * above[i] / (((b3 * z + b2) * z + b1) * z + 1);
        }
    }

    /** Rows become their share of the sum of e to the power of each: e<sup>x</sup> = (1 + tanh x/2) / (1 − tanh x/2), x ≤ 0. */
    void softmax(float[][] rows, int lanes) {
        room(lanes);
        System.arraycopy(rows[0], 0, most, 0, lanes);
        for (float[] row : rows) {
            largest(row, most, lanes);
        }
        for (float[] row : rows) {
            halfway(row, most, lanes);
            tanh(row, row, lanes);
            raised(row, lanes);
        }
        Arrays.fill(most, 0, lanes, 0);
        for (float[] row : rows) {
            Lanes.add(1, row, most, lanes);
        }
        for (float[] row : rows) {
            share(row, most, lanes);
        }
    }

    private static void largest(float[] row, float[] most, int lanes) {
        for (int i = 0; i < lanes; i++) {
            most[i] = Math.max(most[i], row[i]);
        }
    }

    private static void halfway(float[] row, float[] most, int lanes) {
        for (int i = 0; i < lanes; i++) {
            row[i] = 0.5f * (row[i] - most[i]);
        }
    }

    private static void raised(float[] row, int lanes) {
        for (int i = 0; i < lanes; i++) {
            row[i] = (1 + row[i]) / (1 - row[i]);
        }
    }

    private static void share(float[] row, float[] sum, int lanes) {
        for (int i = 0; i < lanes; i++) {
            row[i] = row[i] / sum[i];
        }
    }
}
