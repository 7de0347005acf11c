package coldstream.model;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.Arrays;

/** Sums a step's gradients by row: the update is not linear, so a row's gradients are added up before it is made. */
final class RowGradients {

    /** Rows looked at ahead. */
    static final int GLANCED = 16;

    private final int dimension;
    private final int width;
    private final Int2IntOpenHashMap slots = new Int2IntOpenHashMap();
    private int[] touched = new int[64];
    private float[] sums;

    /** Kept so that looking is not optimised away. */
    float glanced;

    RowGradients(RowTable table) {
        dimension = table.dimension();
        width = table.width();
        sums = new float[64 * width];
        slots.defaultReturnValue(-1);
    }

    /** Adds {@code scale} times a gradient of d factors, and of the linear weight if rows have one. */
    void add(int row, float scale, float[] gradient, int from, float linear) {
        int slot = slot(row);
        int to = slot * width;
        for (int k = 0; k < dimension; k++) {
            sums[to + k] += scale * gradient[from + k];
        }
        if (width > dimension) {
            sums[to + dimension] += scale * linear;
        }
    }

    private int slot(int row) {
        int slot = slots.get(row);
        if (slot < 0) {
            slot = slots.size();
            slots.put(row, slot);
            if (slot == touched.length) {
                touched = Arrays.copyOf(touched, 2 * slot);
                sums = Arrays.copyOf(sums, 2 * slot * width);
            }
            touched[slot] = row;
        }
        return slot;
    }

    int size() {
        return slots.size();
    }

    /** As {@link RowTable#glance}, for the next rows in order of slot. */
    void glanceAhead(RowTable table, int slot) {
        float seen = 0;
        int end = Math.min(slots.size(), slot + GLANCED);
        for (int next = slot; next < end; next++) {
            seen += table.glance(touched[next]);
        }
        glanced = seen;
    }

    /** Row of a slot; slots are numbered in order of first touch. */
    int row(int slot) {
        return touched[slot];
    }

    /** The summed gradients; a slot's start at {@code slot * width}. */
    float[] sums() {
        return sums;
    }

    int width() {
        return width;
    }

    /** Sum of the squares of all gradients. */
    double square() {
        return Squares.sum(sums, 0, slots.size() * width);
    }

    void clear() {
        Arrays.fill(sums, 0, slots.size() * width, 0);
        slots.clear();
    }
}
