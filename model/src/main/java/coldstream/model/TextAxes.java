package coldstream.model;

import java.util.Arrays;
import java.util.List;

/**
 * A map from text vectors to d numbers that keeps the directions in which the catalogue's texts differ most: the projection on
 * their principal subspace, turned so that it lies as close as it can to one fixed random projection.
 *
 * <p>The subspace does not depend on which axes span it, and the turning is the polar factor of (axes)ᵀ(random projection),
 * so a map fitted to twice as many texts speaks nearly the same coordinates: rows started by the two are comparable.
 */
final class TextAxes {

    private static final int SUBSPACE_ROUNDS = 15;
    private static final int POLAR_ROUNDS = 40;

    private TextAxes() {}

    /**
     * The map M (length of a text vector, d), row-major: y = Mᵀx.
     *
     * @param texts centred, of length 1
     * @param random the fixed random projection, in the same layout
     * @param d numbers per row, at most the length of a text vector
     */
    static float[] fit(List<float[]> texts, float[] random, int d) {
        int length = texts.get(0).length;
        double[][] covariance = covariance(texts, length);
        double[][] axes = columns(random, length, d);
        for (int round = 0; round < SUBSPACE_ROUNDS; round++) {
            orthonormalise(axes);
            for (int j = 0; j < d; j++) {
                axes[j] = times(covariance, axes[j]);
            }
        }
        orthonormalise(axes);
        double[][] turn = polar(products(axes, columns(random, length, d)));
        float[] map = new float[length * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < length; k++) {
                    map[k * d + j] += (float) (axes[i][k] * turn[i][j]);
                }
            }
        }
        return map;
    }

    private static double[][] covariance(List<float[]> texts, int length) {
        double[][] covariance = new double[length][length];
        for (float[] x : texts) {
            for (int i = 0; i < length; i++) {
                double[] row = covariance[i];
                double xi = x[i];
                for (int j = 0; j <= i; j++) {
                    row[j] += xi * x[j];
                }
            }
        }
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < i; j++) {
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    private static double[][] columns(float[] matrix, int length, int d) {
        double[][] columns = new double[d][length];
        for (int k = 0; k < length; k++) {
            for (int j = 0; j < d; j++) {
                columns[j][k] = matrix[k * d + j];
            }
        }
        return columns;
    }

    /** Modified Gram and Schmidt, twice for the sake of nearly dependent vectors; a vector that vanishes stays zero. */
    private static void orthonormalise(double[][] vectors) {
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < vectors.length; j++) {
                for (int i = 0; i < j; i++) {
                    double along = dot(vectors[i], vectors[j]);
                    for (int k = 0; k < vectors[j].length; k++) {
                        vectors[j][k] -= along * vectors[i][k];
                    }
                }
                double norm = Math.sqrt(dot(vectors[j], vectors[j]));
                double scale = norm < 1e-12 ? 0 : 1 / norm;
                for (int k = 0; k < vectors[j].length; k++) {
                    vectors[j][k] *= scale;
                }
            }
        }
    }

    private static double[] times(double[][] symmetric, double[] vector) {
        return Arrays.stream(symmetric).mapToDouble(row -> dot(row, vector)).toArray();
    }

    private static double[][] products(double[][] first, double[][] second) {
        double[][] products = new double[first.length][];
        for (int i = 0; i < first.length; i++) {
            products[i] = times(second, first[i]);
        }
        return products;
    }

    /** The orthogonal matrix nearest to a square one, by Newton and Schulz: X ← 1.5 X − 0.5 X Xᵀ X. */
    private static double[][] polar(double[][] matrix) {
        double square = 0;
        for (double[] row : matrix) {
            square += dot(row, row);
        }
        double[][] x = matrix;
        scale(x, 1 / Math.max(1e-12, Math.sqrt(square)));
        for (int round = 0; round < POLAR_ROUNDS; round++) {
            double[][] gram = products(x, x);
            double[][] next = new double[x.length][x.length];
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    double sum = 0;
                    for (int k = 0; k < x.length; k++) {
                        sum += gram[i][k] * x[k][j];
                    }
                    next[i][j] = 1.5 * x[i][j] - 0.5 * sum;
                }
            }
            x = next;
        }
        return x;
    }

    private static void scale(double[][] matrix, double by) {
        for (double[] row : matrix) {
            for (int k = 0; k < row.length; k++) {
                row[k] *= by;
            }
        }
    }

    private static double dot(double[] first, double[] second) {
        double sum = 0;
        for (int k = 0; k < first.length; k++) {
            sum += first[k] * second[k];
        }
        return sum;
    }
}
