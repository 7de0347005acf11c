package coldstream.model;

/** Sums of squares, in doubles. */
final class Squares {

    private Squares() {}

    /** Σ v². Four sums side by side: an addition need not wait for the one before. */
    static double sum(float[] values, int from, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int end = from + length;
        int k = from;
        for (; k + 4 <= end; k += 4) {
            a += (double) values[k] * values[k];
            b += (double) values[k + 1] * values[k + 1];
            c += (double) values[k + 2] * values[k + 2];
            d += (double) values[k + 3] * values[k + 3];
        }
        for (; k < end; k++) {
            a += (double) values[k] * values[k];
        }
        return a + b + (c + d);
    }
}
