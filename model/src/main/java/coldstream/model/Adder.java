package coldstream.model;

import java.util.Arrays;

/**
 * Adds up scaled rows, in the order they come. Rows are copied side by side first: many of them are on their way from memory
 * at the same time, and the compiler takes many numbers at once where arrays are read from 0 on. For one thread.
 */
final class Adder {

    private final float[] sum;
    private final float[] a;
    private final float[] b;
    private final float[] c;
    private final float[] d;
    private float scaleA;
    private float scaleB;
    private float scaleC;
    private int waiting;

    /** @param length numbers of a row */
    Adder(int length) {
        sum = new float[length];
        a = new float[length];
        b = new float[length];
        c = new float[length];
        d = new float[length];
    }

    /** Adds a row that starts at a place of an array. */
    void add(float scale, float[] row, int at) {
        switch (waiting++) {
            case 0 -> {
                System.arraycopy(row, at, a, 0, a.length);
                scaleA = scale;
            }
            case 1 -> {
                System.arraycopy(row, at, b, 0, b.length);
                scaleB = scale;
            }
            case 2 -> {
                System.arraycopy(row, at, c, 0, c.length);
                scaleC = scale;
            }
            default -> {
                System.arraycopy(row, at, d, 0, d.length);
                add(sum, scaleA, a, scaleB, b, scaleC, c, scale, d);
                waiting = 0;
            }
        }
    }

    private static void add(
            float[] sum,
            float scaleA,
            float[] a,
            float scaleB,
            float[] b,
            float scaleC,
            float[] c,
            float scaleD,
            float[] d) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] = sum[k] + scaleA * a[k] + scaleB * b[k] + scaleC * c[k] + scaleD * d[k];
        }
    }

    private static void add(float[] sum, float scale, float[] row) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += scale * row[k];
        }
    }

    /** Writes the sum of what came since the last time. */
    void write(float[] into, int at) {
        if (waiting > 0) {
            add(sum, scaleA, a);
        }
        if (waiting > 1) {
            add(sum, scaleB, b);
        }
        if (waiting > 2) {
            add(sum, scaleC, c);
        }
        System.arraycopy(sum, 0, into, at, sum.length);
        Arrays.fill(sum, 0);
        waiting = 0;
    }
}
