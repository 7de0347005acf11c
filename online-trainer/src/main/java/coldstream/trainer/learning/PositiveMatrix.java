package coldstream.trainer.learning;

/** A symmetric, positive definite matrix, factored as L Lᵀ (Cholesky) to solve equations with it. */
final class PositiveMatrix {

    private final int size;
    private final double[] lower;

    /** @param values (size, size), row by row */
    PositiveMatrix(double[] values, int size) {
        this.size = size;
        lower = new double[size * size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double sum = values[row * size + column];
                for (int k = 0; k < column; k++) {
                    sum -= lower[row * size + k] * lower[column * size + k];
                }
                lower[row * size + column] = row == column ? Math.sqrt(sum) : sum / lower[column * size + column];
            }
        }
    }

    /** A⁻¹. */
    double[][] inverse() {
        double[][] columns = new double[size][];
        for (int k = 0; k < size; k++) {
            double[] unit = new double[size];
            unit[k] = 1;
            columns[k] = solve(unit);
        }
        return columns;
    }

    /** The x with A x = b. */
    double[] solve(double[] b) {
        double[] x = b.clone();
        for (int row = 0; row < size; row++) {
            for (int k = 0; k < row; k++) {
                x[row] -= lower[row * size + k] * x[k];
            }
            x[row] /= lower[row * size + row];
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int k = row + 1; k < size; k++) {
                x[row] -= lower[k * size + row] * x[k];
            }
            x[row] /= lower[row * size + row];
        }
        return x;
    }
}
