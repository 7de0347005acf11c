package coldstream.model;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.Arrays;

/**
 * A step's gradients by row of one table. They are gathered as pieces: a row's share of a field's gradient. {@link #group}
 * brings the pieces of a row together and {@link #sum} adds them up, since a row's update is not linear; a row's only piece,
 * which most are, stays where it is.
 */
final class RowGradients {

    /** Rows looked at ahead. */
    static final int GLANCED = 16;

    private final FieldGradients gradients;
    private final int dimension;

    /** By piece, in the order they came. */
    private int[] rows = new int[64];

    private int[] fields = new int[64];
    private float[] shares = new float[64];
    private int pieces;

    private final Int2IntOpenHashMap slots = new Int2IntOpenHashMap();

    /** By piece. */
    private int[] slotOf = new int[64];

    /** By slot: the row, the first place behind its pieces, and what its gradient is a share of. */
    private int[] touched = new int[64];

    private int[] ends = new int[64];
    private int[] fieldOf = new int[64];
    private float[] shareOf = new float[64];
    private double[] squares = new double[64];

    /** Pieces by slot. */
    private int[] grouped = new int[64];

    /** Kept so that looking is not optimised away. */
    float glanced;

    RowGradients(FieldGradients gradients) {
        this.gradients = gradients;
        dimension = gradients.dimension();
        slots.defaultReturnValue(-1);
    }

    /** Adds a share of a field's gradient to a row's. */
    void add(int row, float share, int field) {
        room(1);
        rows[pieces] = row;
        shares[pieces] = share;
        fields[pieces] = field;
        pieces++;
    }

    /** Adds their share of a field's gradient to all rows of a bag. */
    void add(Bags bags, int bag, int field) {
        int some = bags.size(bag);
        room(some);
        System.arraycopy(bags.rows(), bags.from(bag), rows, pieces, some);
        System.arraycopy(bags.shares(), bags.from(bag), shares, pieces, some);
        Arrays.fill(fields, pieces, pieces + some, field);
        pieces += some;
    }

    private void room(int more) {
        if (pieces + more > rows.length) {
            int room = Math.max(2 * rows.length, pieces + more);
            rows = Arrays.copyOf(rows, room);
            fields = Arrays.copyOf(fields, room);
            shares = Arrays.copyOf(shares, room);
        }
    }

    /**
     * Gives each row a slot, in order of first touch, and its pieces places side by side.
     *
     * @return rows with several pieces
     */
    int group() {
        if (slotOf.length < rows.length) {
            slotOf = new int[rows.length];
            grouped = new int[rows.length];
        }
        slots.clear();
        int size = 0;
        for (int piece = 0; piece < pieces; piece++) {
            int slot = slots.putIfAbsent(rows[piece], size);
            if (slot < 0) {
                slot = size++;
                roomForSlots(size);
                touched[slot] = rows[piece];
                ends[slot] = 0;
            }
            slotOf[piece] = slot;
            ends[slot]++;
        }
        int several = 0;
        int place = 0;
        for (int slot = 0; slot < size; slot++) {
            int count = ends[slot];
            several += count > 1 ? 1 : 0;
            ends[slot] = place;
            place += count;
        }
        for (int piece = 0; piece < pieces; piece++) {
            grouped[ends[slotOf[piece]]++] = piece;
        }
        return several;
    }

    private void roomForSlots(int size) {
        if (size > touched.length) {
            int room = 2 * touched.length;
            touched = Arrays.copyOf(touched, room);
            ends = Arrays.copyOf(ends, room);
            fieldOf = new int[room];
            shareOf = new float[room];
            squares = new double[room];
        }
    }

    /** Says where each row's gradient will be: those of several pieces in fields of their own, from this one on. */
    void place(int first) {
        int sum = first;
        for (int slot = 0; slot < slots.size(); slot++) {
            int begin = begin(slot);
            boolean several = ends[slot] - begin > 1;
            fieldOf[slot] = several ? sum++ : fields[grouped[begin]];
            shareOf[slot] = several ? 1 : shares[grouped[begin]];
        }
    }

    /** Adds up what some slots have. Any thread; other slots may be added up meanwhile. */
    void sum(int from, int to) {
        float[] factors = gradients.factors;
        Adder adder = new Adder(dimension);
        int field = -1;
        float share = 0;
        double square = 0;
        for (int slot = from; slot < to; slot++) {
            if (ends[slot] - begin(slot) > 1) {
                sum(slot, adder);
                squares[slot] = Squares.sum(factors, fieldOf[slot] * dimension, dimension);
                continue;
            }
            if (fieldOf[slot] != field || shareOf[slot] != share) { // neighbours often have the same
                field = fieldOf[slot];
                share = shareOf[slot];
                square = Squares.sum(share, factors, field * dimension, dimension);
            }
            squares[slot] = square;
        }
    }

    private void sum(int slot, Adder adder) {
        float linear = 0;
        for (int place = begin(slot); place < ends[slot]; place++) {
            int piece = grouped[place];
            adder.add(shares[piece], gradients.factors, fields[piece] * dimension);
            linear += shares[piece] * gradients.linear[fields[piece]];
        }
        adder.write(gradients.factors, fieldOf[slot] * dimension);
        gradients.linear[fieldOf[slot]] = linear;
    }

    private int begin(int slot) {
        return slot == 0 ? 0 : ends[slot - 1];
    }

    /** The slot behind those from this one on that have some pieces together, so that work can be shared out evenly. */
    int after(int slot, int some) {
        int enough = begin(slot) + some;
        int end = slot + 1;
        while (end < slots.size() && ends[end - 1] < enough) {
            end++;
        }
        return end;
    }

    /** Pieces gathered. */
    int pieces() {
        return pieces;
    }

    /** Rows that have a gradient, once they are grouped. */
    int size() {
        return slots.size();
    }

    /** Row of a slot; slots are numbered in order of first touch. */
    int row(int slot) {
        return touched[slot];
    }

    /** Fields among which {@link #field} is. */
    FieldGradients fields() {
        return gradients;
    }

    /** The field whose gradient, taken times {@link #share}, is a slot's. */
    int field(int slot) {
        return fieldOf[slot];
    }

    float share(int slot) {
        return shareOf[slot];
    }

    /** Gradient of a row's linear weight. */
    float linear(int slot) {
        return shareOf[slot] * gradients.linear[fieldOf[slot]];
    }

    /** Writes a slot's gradient: d factors and, where there is room, the linear weight's. */
    void write(int slot, float[] into) {
        int from = fieldOf[slot] * dimension;
        for (int k = 0; k < dimension; k++) {
            into[k] = shareOf[slot] * gradients.factors[from + k];
        }
        if (into.length > dimension) {
            into[dimension] = linear(slot);
        }
    }

    /** Sum of the squares of a slot's factors, taken times the share. */
    double square(int slot) {
        return squares[slot];
    }

    /** Sum of the squares of all gradients. */
    double square() {
        double sum = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            double linear = linear(slot);
            sum += squares[slot] + linear * linear;
        }
        return sum;
    }

    /** As {@link RowTable#glance}, with the state, for the next rows in order of slot. */
    void glanceAhead(RowTable table, int slot, int to) {
        float seen = 0;
        int end = Math.min(to, slot + GLANCED);
        for (int next = slot; next < end; next++) {
            seen += table.glance(touched[next]) + table.state(touched[next], 0);
        }
        glanced = seen;
    }

    void clear() {
        pieces = 0;
        slots.clear();
    }
}
