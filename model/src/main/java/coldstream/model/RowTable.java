package coldstream.model;

import static coldstream.domain.Check.check;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of learnt numbers with the state each row is trained by. Grows by chunks, so growth copies no row; a copy shares the
 * chunks until one side writes to them.
 *
 * <p>A row is d factors and, where the backbone asks for it, one linear weight. How many numbers of state it has, and what
 * they mean, its {@link RowOptimizer} decides: S floats and T whole numbers, all 0 as long as the row has learnt nothing.
 */
public final class RowTable {

    private static final int CHUNK_BITS = 8;
    private static final int CHUNK = 1 << CHUNK_BITS;

    /** Floats of a cache line. */
    private static final int LINE = 16;

    private final int dimension;
    private final int width;
    private final int stateWidth;
    private final int timesWidth;
    private float[][] values = new float[4][];
    private float[][] states = new float[4][];
    private int[][] times = new int[4][];
    private boolean[] shared = new boolean[4];
    private int rows;
    private @Nullable Touched touched;

    /** A table for rows that {@link RowAdagrad} trains without decay. */
    public RowTable(int dimension, boolean linear) {
        this(dimension, linear, linear ? 2 : 1, 0);
    }

    /**
     * @param linear whether a row ends with a linear weight
     * @param stateWidth floats of state of a row, S
     * @param timesWidth whole numbers of state of a row, T
     */
    RowTable(int dimension, boolean linear, int stateWidth, int timesWidth) {
        this.dimension = dimension;
        width = dimension + (linear ? 1 : 0);
        this.stateWidth = stateWidth;
        this.timesWidth = timesWidth;
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

    /** Floats of state of a row, S. */
    public int stateWidth() {
        return stateWidth;
    }

    /** Whole numbers of state of a row, T. */
    public int timesWidth() {
        return timesWidth;
    }

    /** Appends a row of zeros and answers its number. */
    public int add() {
        int chunk = rows >> CHUNK_BITS;
        if (chunk == values.length) {
            values = Arrays.copyOf(values, 2 * chunk);
            states = Arrays.copyOf(states, 2 * chunk);
            times = Arrays.copyOf(times, 2 * chunk);
            shared = Arrays.copyOf(shared, 2 * chunk);
        }
        if ((rows & (CHUNK - 1)) == 0) {
            values[chunk] = new float[CHUNK * width];
            states[chunk] = new float[CHUNK * stateWidth];
            times[chunk] = new int[CHUNK * timesWidth];
            shared[chunk] = false;
        }
        return rows++;
    }

    /** Makes a row zeros again, with its state: another id moves in, or nobody. */
    void clear(int row) {
        int offset = offset(row);
        Arrays.fill(chunkToWrite(row), offset, offset + width, 0);
        int state = stateOffset(row);
        Arrays.fill(states[row >> CHUNK_BITS], state, state + stateWidth, 0);
        int time = timesOffset(row);
        Arrays.fill(times[row >> CHUNK_BITS], time, time + timesWidth, 0);
    }

    /** The array that holds the row, to read from {@link #offset}. */
    float[] chunk(int row) {
        return values[row >> CHUNK_BITS];
    }

    /** The array that holds the row, to write to. */
    float[] chunkToWrite(int row) {
        own(row >> CHUNK_BITS);
        if (touched != null) {
            touched.note(row);
        }
        return values[row >> CHUNK_BITS];
    }

    /** From now on notes which rows are written to; a copy does not. */
    void track() {
        touched = new Touched();
    }

    /** Rows written to since last asked, in rising order; none where nothing is noted. */
    int[] takeTouched() {
        return touched == null ? new int[0] : touched.take();
    }

    /** Notes rows again, of those there are. */
    void touchAgain(int[] some) {
        for (int row : some) {
            if (touched != null && row < rows) {
                touched.note(row);
            }
        }
    }

    /** A copy of the numbers of some rows, row-major: shape (rows, width). */
    float[] gather(int[] some) {
        float[] gathered = new float[Math.multiplyExact(some.length, width)];
        for (int k = 0; k < some.length; k++) {
            System.arraycopy(chunk(some[k]), offset(some[k]), gathered, k * width, width);
        }
        return gathered;
    }

    /** Writes a row, which is appended, with those before it, if there is none. */
    void put(int row, float[] numbers) {
        check(numbers.length == width, "a row must have %d numbers, got %d", width, numbers.length);
        while (row >= rows) {
            add();
        }
        System.arraycopy(numbers, 0, chunkToWrite(row), offset(row), width);
    }

    int offset(int row) {
        return (row & (CHUNK - 1)) * width;
    }

    /** The array that holds the row's S floats, to read from {@link #stateOffset} and to write to. */
    float[] stateToWrite(int row) {
        own(row >> CHUNK_BITS);
        return states[row >> CHUNK_BITS];
    }

    int stateOffset(int row) {
        return (row & (CHUNK - 1)) * stateWidth;
    }

    /** The array that holds the row's T whole numbers, to read from {@link #timesOffset} and to write to. */
    int[] timesToWrite(int row) {
        own(row >> CHUNK_BITS);
        return times[row >> CHUNK_BITS];
    }

    int timesOffset(int row) {
        return (row & (CHUNK - 1)) * timesWidth;
    }

    /** One float of a row's state. */
    float state(int row, int which) {
        return states[row >> CHUNK_BITS][stateOffset(row) + which];
    }

    void state(int row, int which, float value) {
        stateToWrite(row)[stateOffset(row) + which] = value;
    }

    /** Whether the row still is what it started as. */
    boolean untouched(int row) {
        float[] chunk = states[row >> CHUNK_BITS];
        int offset = stateOffset(row);
        for (int k = 0; k < stateWidth; k++) {
            if (chunk[offset + k] != 0) {
                return false;
            }
        }
        return true;
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

    /** Writes the sum of a bag's rows, each times its share, to {@code into} and answers that of their linear weights, else 0. */
    float pool(Bags bags, int bag, Adder adder, float[] into, int from) {
        float linear = 0;
        for (int place = bags.from(bag); place < bags.to(bag); place++) {
            int row = bags.rows()[place];
            float share = bags.shares()[place];
            float[] chunk = chunk(row);
            adder.add(share, chunk, offset(row));
            if (width > dimension) {
                linear += share * chunk[offset(row) + dimension];
            }
        }
        adder.write(into, from);
        return linear;
    }

    /**
     * Reads a number of each cache line of a row, so that the row is near when it is used. Many such reads wait for memory
     * at the same time, where adding up whole rows would wait for each in turn.
     */
    float glance(int row) {
        float[] chunk = chunk(row);
        int last = offset(row) + width - 1;
        float seen = chunk[last];
        for (int k = offset(row); k < last; k += LINE) {
            seen += chunk[k];
        }
        return seen;
    }

    /**
     * To be called before rows are moved by {@link #chunk}, which several threads may then do.
     *
     * @param restless whether rows without a gradient move too
     */
    void toBeWritten(RowGradients gradients, boolean restless) {
        for (int slot = 0; slot < gradients.size(); slot++) {
            int row = gradients.row(slot);
            own(row >> CHUNK_BITS);
            if (touched != null && (restless || gradients.square(slot) != 0 || gradients.linear(slot) != 0)) {
                touched.note(row);
            }
        }
    }

    private void own(int chunk) {
        if (shared[chunk]) {
            values[chunk] = values[chunk].clone();
            states[chunk] = states[chunk].clone();
            times[chunk] = times[chunk].clone();
            shared[chunk] = false;
        }
    }

    /** This table as of now, at the cost of a reference or two per chunk. */
    public RowTable copy() {
        RowTable copy = new RowTable(dimension, width > dimension, stateWidth, timesWidth);
        copy.values = values.clone();
        copy.states = states.clone();
        copy.times = times.clone();
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

    /** The floats of all rows' state, row-major: shape (rows, S). */
    public float[] flatStates() {
        return flat(states, stateWidth);
    }

    /** The whole numbers of all rows' state, row-major: shape (rows, T). */
    public int[] flatTimes() {
        int[] all = new int[Math.multiplyExact(rows, timesWidth)];
        for (int row = 0; row < rows; row += CHUNK) {
            int some = Math.min(CHUNK, rows - row);
            System.arraycopy(times[row >> CHUNK_BITS], 0, all, row * timesWidth, some * timesWidth);
        }
        return all;
    }

    private float[] flat(float[][] chunks, int stride) {
        float[] all = new float[Math.multiplyExact(rows, stride)];
        for (int row = 0; row < rows; row += CHUNK) {
            int some = Math.min(CHUNK, rows - row);
            System.arraycopy(chunks[row >> CHUNK_BITS], 0, all, row * stride, some * stride);
        }
        return all;
    }

    /** Appends rows, as {@link #flatValues}, {@link #flatStates} and {@link #flatTimes} gave them. */
    void addAll(float[] flatValues, float[] flatStates, int[] flatTimes) {
        int more = flatValues.length / width;
        check(
                flatStates.length == more * stateWidth && flatTimes.length == more * timesWidth,
                "%d rows must have %d and %d numbers of state each, got %d and %d in all",
                more,
                stateWidth,
                timesWidth,
                flatStates.length,
                flatTimes.length);
        for (int from = 0; from < more; from++) {
            int row = add();
            int chunk = row >> CHUNK_BITS;
            System.arraycopy(flatValues, from * width, values[chunk], offset(row), width);
            System.arraycopy(flatStates, from * stateWidth, states[chunk], stateOffset(row), stateWidth);
            System.arraycopy(flatTimes, from * timesWidth, times[chunk], timesOffset(row), timesWidth);
        }
    }
}
