package coldstream.model;

import static coldstream.domain.Check.check;

import java.util.List;

/** Numbers with a shape, row-major. */
public final class Tensor {

    private final List<Integer> shape;
    private final float[] values;

    /** Keeps the array, which must not change. */
    public Tensor(List<Integer> shape, float[] values) {
        long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        check(size == values.length, "a tensor of shape %s must have %d numbers, got %d", shape, size, values.length);
        this.shape = List.copyOf(shape);
        this.values = values;
    }

    public List<Integer> shape() {
        return shape;
    }

    /** The numbers themselves, not to be changed. */
    public float[] values() {
        return values;
    }

    /** Length of the first axis. */
    public int rows() {
        return shape.get(0);
    }
}
