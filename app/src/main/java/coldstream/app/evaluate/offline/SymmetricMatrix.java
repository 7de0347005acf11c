package coldstream.app.evaluate.offline;

import static coldstream.domain.Check.check;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A symmetric matrix of doubles, of which only the lower half is kept, in square tiles: 4 n² bytes.
 *
 * <p>The last tiles reach beyond the matrix; what is there is the identity and stays it.
 */
final class SymmetricMatrix {

    /** Rows of a tile: three tiles fit a core's cache. */
    private static final int SIDE = 128;

    private final int size;
    private final int blocks;
    private final double[][] tiles;

    /** All zero. */
    SymmetricMatrix(int size) {
        check(size >= 1, "a matrix must have a row, got %d", size);
        this.size = size;
        blocks = (size + SIDE - 1) / SIDE;
        tiles = new double[blocks * (blocks + 1) / 2][SIDE * SIDE];
        for (int row = size; row < blocks * SIDE; row++) {
            add(row, row, 1);
        }
    }

    int size() {
        return size;
    }

    double get(int row, int column) {
        int high = Math.max(row, column);
        int low = Math.min(row, column);
        return tile(high / SIDE, low / SIDE)[high % SIDE * SIDE + low % SIDE];
    }

    /** Adds to an element and to its mirror image. */
    void add(int row, int column, double value) {
        int high = Math.max(row, column);
        int low = Math.min(row, column);
        double[] tile = tile(high / SIDE, low / SIDE);
        tile[high % SIDE * SIDE + low % SIDE] += value;
        if (high / SIDE == low / SIDE && high != low) {
            tile[low % SIDE * SIDE + high % SIDE] += value;
        }
    }

    /** Adds a row to {@code sum}. */
    void addRow(int row, double[] sum) {
        int block = row / SIDE;
        int within = row % SIDE;
        for (int column = 0; column < blocks; column++) {
            int from = column * SIDE;
            int length = Math.min(SIDE, size - from);
            double[] tile = tile(Math.max(block, column), Math.min(block, column));
            int start = column <= block ? within * SIDE : within;
            int step = column <= block ? 1 : SIDE;
            for (int k = 0; k < length; k++) {
                sum[from + k] += tile[start + k * step];
            }
        }
    }

    private double[] tile(int row, int column) {
        return tiles[row * (row + 1) / 2 + column];
    }

    /**
     * Becomes its inverse, in place, by the symmetric sweep of one block after another: n³ operations. Every element is
     * computed in one order whatever the number of threads.
     *
     * @throws IllegalArgumentException if a pivot is not positive
     */
    void invert() {
        double[][] left = new double[blocks][SIDE * SIDE];
        double[][] right = new double[blocks][SIDE * SIDE];
        for (int pivot = 0; pivot < blocks; pivot++) {
            sweep(pivot, left, right);
        }
        for (double[] tile : tiles) {
            for (int k = 0; k < tile.length; k++) {
                tile[k] = -tile[k];
            }
        }
    }

    /**
     * With D the pivot tile's inverse: A<sub>ij</sub> − A<sub>ip</sub> D A<sub>pj</sub>, then A<sub>ip</sub> D, then −D.
     *
     * @param left is overwritten with A<sub>ip</sub> D
     * @param right is overwritten with A<sub>pj</sub>
     */
    private void sweep(int pivot, double[][] left, double[][] right) {
        double[] inverse = tile(pivot, pivot).clone();
        invertTile(inverse, pivot * SIDE);
        each(blocks, i -> {
            if (i != pivot) {
                boolean below = i > pivot;
                double[] stored = tile(Math.max(i, pivot), Math.min(i, pivot));
                copy(stored, right[i], below);
                copy(stored, left[i], !below);
                double[] product = new double[SIDE * SIDE];
                subtractProduct(product, left[i], inverse);
                Arrays.setAll(left[i], k -> -product[k]);
            }
        });
        each(blocks, i -> {
            for (int j = 0; j <= i; j++) {
                if (i != pivot && j != pivot) {
                    subtractProduct(tile(i, j), left[i], right[j]);
                }
            }
        });
        each(blocks, i -> {
            if (i != pivot) {
                copy(left[i], tile(Math.max(i, pivot), Math.min(i, pivot)), i < pivot);
            }
        });
        double[] own = tile(pivot, pivot);
        Arrays.setAll(own, k -> -inverse[k]);
    }

    private static void each(int count, java.util.function.IntConsumer task) {
        IntStream.range(0, count).parallel().forEach(task);
    }

    private static void copy(double[] from, double[] to, boolean transposed) {
        if (!transposed) {
            System.arraycopy(from, 0, to, 0, SIDE * SIDE);
            return;
        }
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                to[column * SIDE + row] = from[row * SIDE + column];
            }
        }
    }

    /** result − left · right, all (SIDE, SIDE). */
    private static void subtractProduct(double[] result, double[] left, double[] right) {
        double[] sum = new double[SIDE];
        for (int row = 0; row < SIDE; row++) {
            int at = row * SIDE;
            System.arraycopy(result, at, sum, 0, SIDE);
            for (int k = 0; k < SIDE; k += 8) {
                double a = left[at + k];
                double b = left[at + k + 1];
                double c = left[at + k + 2];
                double d = left[at + k + 3];
                double e = left[at + k + 4];
                double f = left[at + k + 5];
                double g = left[at + k + 6];
                double h = left[at + k + 7];
                int from = k * SIDE;
                for (int j = 0; j < SIDE; j++) {
                    sum[j] -= a * right[from + j]
                            + b * right[from + SIDE + j]
                            + c * right[from + 2 * SIDE + j]
                            + d * right[from + 3 * SIDE + j]
                            + e * right[from + 4 * SIDE + j]
                            + f * right[from + 5 * SIDE + j]
                            + g * right[from + 6 * SIDE + j]
                            + h * right[from + 7 * SIDE + j];
                }
            }
            System.arraycopy(sum, 0, result, at, SIDE);
        }
    }

    /** Inverts a positive tile by sweeping its rows. */
    private static void invertTile(double[] tile, int firstRow) {
        for (int pivot = 0; pivot < SIDE; pivot++) {
            double value = tile[pivot * SIDE + pivot];
            check(
                    value > 0,
                    "a matrix to invert must be positive definite, got pivot %s in row %d",
                    value,
                    firstRow + pivot);
            for (int row = 0; row < SIDE; row++) {
                if (row != pivot) {
                    double factor = tile[row * SIDE + pivot] / value;
                    for (int column = 0; column < SIDE; column++) {
                        if (column != pivot) {
                            tile[row * SIDE + column] -= factor * tile[pivot * SIDE + column];
                        }
                    }
                }
            }
            for (int k = 0; k < SIDE; k++) {
                tile[pivot * SIDE + k] /= value;
                if (k != pivot) {
                    tile[k * SIDE + pivot] = tile[pivot * SIDE + k];
                }
            }
            tile[pivot * SIDE + pivot] = -1 / value;
        }
        Arrays.setAll(tile, k -> -tile[k]);
    }
}
