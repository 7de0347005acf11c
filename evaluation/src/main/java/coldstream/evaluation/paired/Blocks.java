package coldstream.evaluation.paired;

import java.util.Arrays;

/** Standard errors of what is a sum over users, whose rows come and go together. */
final class Blocks {

    private Blocks() {}

    /**
     * The standard error √(I / (I − 1) · Σ ψ<sub>u</sub>²) of a quantity that I users' influences ψ make up; NaN for fewer
     * than two users.
     */
    static double error(double[] influence) {
        int users = influence.length;
        double squares = Arrays.stream(influence).map(value -> value * value).sum();
        return users < 2 ? Double.NaN : Math.sqrt(squares * users / (users - 1));
    }

    /** Influences of users on the mean of their rows: ψ<sub>u</sub> = Σ<sub>rows of u</sub> (x − mean) / rows. */
    static double[] ofMean(double[] values, int[] users, int userCount) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double[] influence = new double[userCount];
        for (int row = 0; row < values.length; row++) {
            influence[users[row]] += (values[row] - mean) / values.length;
        }
        return influence;
    }

    static double[] minus(double[] one, double[] other) {
        double[] difference = new double[one.length];
        for (int k = 0; k < one.length; k++) {
            difference[k] = one[k] - other[k];
        }
        return difference;
    }
}
