package coldstream.model;

import java.util.Arrays;

/**
 * Rows of learnt numbers with the accumulator each row is trained by. Grows by chunks, so growth copies no row; a copy
 * shares the chunks until one side writes to them.
 *
 * <p>A row is d factors and, where the backbone asks for it, one linear weight; factors and linear weight have an
 * accumulator each (see {@link RowAdagrad}).
 */
public final class RowTable {

    private static final int CHUNK_BITS = 8;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final int dimension;
    private final int width;
    private final int accumulators;
    private float[][] values = new float[4][];
    private float[][] squares = new float[4][];
    private boolean[] shared = new boolean[4];
    private int rows;

    /** @param linear whether a row ends with a linear weight */
    public RowTable(int dimension, boolean linear) {
        this.dimension = dimension;
        width = dimension + (linear ? 1 : 0);
        accumulators = linear ? 2 : 1;
    }

    public int rows() {
        return rows;
    }

    /** Factors of a row. */
    public int dimension() {
        return dimension;
    }

    /** Numbers of a row: the factors and the linear weight, if any. */
    public int width() {
        return width;
    }

    /** Accumulators of a row: 1, or 2 with a linear weight. */
    public int accumulators() {
        return accumulators;
    }

    /** Appends a row of zeros and answers its number. */
    public int add() {
        int chunk = rows >> CHUNK_BITS;
        if (chunk == values.length) {
            values = Arrays.copyOf(values, 2 * chunk);
            squares = Arrays.copyOf(squares, 2 * chunk);
            shared = Arrays.copyOf(shared, 2 * chunk);
        }
        if ((rows & (CHUNK - 1)) == 0) {
            values[chunk] = new float[CHUNK * width];
            squares[chunk] = new float[CHUNK * accumulators];
            shared[chunk] = false;
        }
        return rows++;
    }

    /** The array that holds the row, to read from {@link #offset}. */
    float[] chunk(int row) {
        return values[row >> CHUNK_BITS];
    }

    /** The array that holds the row, to write to. */
    float[] chunkToWrite(int row) {
        own(row >> CHUNK_BITS);
        return values[row >> CHUNK_BITS];
    }

    int offset(int row) {
        return (row & (CHUNK - 1)) * width;
    }

    /** The row's accumulator: 0 for the factors, 1 for the linear weight. */
    float square(int row, int accumulator) {
        return squares[row >> CHUNK_BITS][(row & (CHUNK - 1)) * accumulators + accumulator];
    }

    void square(int row, int accumulator, float value) {
        own(row >> CHUNK_BITS);
        squares[row >> CHUNK_BITS][(row & (CHUNK - 1)) * accumulators + accumulator] = value;
    }

    /** Whether the row still is what it started as. */
    boolean untouched(int row) {
        return square(row, 0) == 0 && (accumulators == 1 || square(row, 1) == 0);
    }

    /** Adds {@code scale} times the row's factors to {@code into} and answers scale times its linear weight, else 0. */
    float pool(int row, float scale, float[] into, int from) {
        float[] chunk = chunk(row);
        int offset = offset(row);
        for (int k = 0; k < dimension; k++) {
            into[from + k] += scale * chunk[offset + k];
        }
        return width > dimension ? scale * chunk[offset + dimension] : 0;
    }

    private void own(int chunk) {
        if (shared[chunk]) {
            values[chunk] = values[chunk].clone();
            squares[chunk] = squares[chunk].clone();
            shared[chunk] = false;
        }
    }

    /** This table as of now, at the cost of one reference per chunk. */
    public RowTable copy() {
        RowTable copy = new RowTable(dimension, width > dimension);
        copy.values = values.clone();
        copy.squares = squares.clone();
        copy.rows = rows;
        int chunks = (rows + CHUNK - 1) >> CHUNK_BITS;
        Arrays.fill(shared, 0, chunks, true);
        copy.shared = shared.clone();
        return copy;
    }

    /** All rows, row-major: shape (rows, width). */
    public float[] flatValues() {
        return flat(values, width);
    }

    /** All accumulators, row-major: shape (rows, accumulators). */
    public float[] flatSquares() {
        return flat(squares, accumulators);
    }

    /** A table with these rows and accumulators, as {@link #flatValues} and {@link #flatSquares} gave them. */
    public static RowTable of(int dimension, boolean linear, float[] values, float[] squares) {
        RowTable table = new RowTable(dimension, linear);
        int rows = values.length / table.width;
        for (int row = 0; row < rows; row++) {
            table.add();
            System.arraycopy(values, row * table.width, table.chunk(row), table.offset(row), table.width);
            System.arraycopy(
                    squares,
                    row * table.accumulators,
                    table.squares[row >> CHUNK_BITS],
                    (row & (CHUNK - 1)) * table.accumulators,
                    table.accumulators);
        }
        return table;
    }

    private float[] flat(float[][] chunks, int stride) {
        float[] all = new float[Math.multiplyExact(rows, stride)];
        for (int row = 0; row < rows; row += CHUNK) {
            int some = Math.min(CHUNK, rows - row);
            System.arraycopy(chunks[row >> CHUNK_BITS], 0, all, row * stride, some * stride);
        }
        return all;
    }
}
