package coldstream.model;

/** Sums of squares, in doubles. */
final class Squares {

    private Squares() {}

    /** Σ (s v)², each product a float. Four sums side by side: an addition need not wait for the one before. */
    static double sum(float share, float[] values, int from, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int end = from + length;
        int k = from;
        for (; k + 4 <= end; k += 4) {
            a += square(share * values[k]);
            b += square(share * values[k + 1]);
            c += square(share * values[k + 2]);
            d += square(share * values[k + 3]);
        }
        for (; k < end; k++) {
            a += square(share * values[k]);
        }
        return a + b + (c + d);
    }

    private static double square(float value) {
        return (double) value * value;
    }

    /** Σ v². */
    static double sum(float[] values, int from, int length) {
        return sum(1, values, from, length);
    }
}
