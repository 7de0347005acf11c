package coldstream.model;

/** Adam's constants and their powers (Kingma and Ba 2015), for optimisers of rows. */
final class Moments {

    static final double FIRST = 0.9;
    static final double SECOND = 0.999;
    static final double FLOOR = 1e-8;

    private static final int KEPT = 1 << 12;
    private static final double[] FIRST_POWERS = powers(FIRST);
    private static final double[] SECOND_POWERS = powers(SECOND);

    private Moments() {}

    private static double[] powers(double base) {
        double[] powers = new double[KEPT];
        for (int n = 0; n < KEPT; n++) {
            powers[n] = StrictMath.pow(base, n);
        }
        return powers;
    }

    /** β₁ⁿ, n ≥ 0. */
    static double first(long n) {
        return n < KEPT ? FIRST_POWERS[(int) n] : StrictMath.pow(FIRST, (double) n);
    }

    /** β₂ⁿ, n ≥ 0. */
    static double second(long n) {
        return n < KEPT ? SECOND_POWERS[(int) n] : StrictMath.pow(SECOND, (double) n);
    }

    /** A table whose rows have two moments for each number: first all means, then all squares. */
    static RowTable table(int dimension, boolean linear, int times) {
        return new RowTable(dimension, linear, 2 * (dimension + (linear ? 1 : 0)), times);
    }

    /**
     * m ← keptMean · m + (1 − β₁) g, v ← keptSquare · v + (1 − β₂) g², w ← w − step · m / (√v / root + ε), for every number
     * of the row.
     */
    static void move(
            RowTable table,
            int row,
            float[] gradient,
            float scale,
            double keptMean,
            double keptSquare,
            double step,
            double root,
            double floor) {
        int width = table.width();
        float[] moments = table.stateToWrite(row);
        int mean = table.stateOffset(row);
        int square = mean + width;
        float[] values = table.chunk(row);
        int to = table.offset(row);
        for (int k = 0; k < width; k++) {
            double g = (double) scale * gradient[k];
            float m = (float) (keptMean * moments[mean + k] + (1 - FIRST) * g);
            float v = (float) (keptSquare * moments[square + k] + (1 - SECOND) * g * g);
            moments[mean + k] = m;
            moments[square + k] = v;
            values[to + k] -= (float) (step * m / (Math.sqrt(v) / root + floor));
        }
    }
}
