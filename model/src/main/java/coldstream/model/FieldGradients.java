package coldstream.model;

import java.util.Arrays;

/**
 * The gradients of fields in a step, one field after the other: what its passes found and, behind that, what rows that had
 * several add up to. A field is d factors and a linear weight. The memory is used again in every step.
 */
final class FieldGradients {

    private final int dimension;
    private int size;

    /** By field, (fields, d); longer than what is taken. */
    float[] factors = {};

    /** By field, (fields); longer than what is taken. */
    float[] linear = {};

    FieldGradients(int dimension) {
        this.dimension = dimension;
    }

    int dimension() {
        return dimension;
    }

    /** Makes room for more fields, with linear weights of 0 and factors of anything, and answers the number of the first. */
    int more(int fields) {
        int first = size;
        size = Math.addExact(size, fields);
        if (size > linear.length) {
            int room = Math.max(size, linear.length + linear.length / 2);
            linear = Arrays.copyOf(linear, room);
            factors = Arrays.copyOf(factors, Math.multiplyExact(room, dimension));
        }
        Arrays.fill(linear, first, size, 0);
        return first;
    }

    /** Adds a field to another. */
    void add(int field, int to) {
        int from = field * dimension;
        int into = to * dimension;
        for (int k = 0; k < dimension; k++) {
            factors[into + k] += factors[from + k];
        }
        linear[to] += linear[field];
    }

    void clear() {
        size = 0;
    }
}
