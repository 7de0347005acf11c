package coldstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory outside the heap that one pass after another uses again: a tensor lies in it as it is, so a pass neither allocates
 * nor copies twice. A place holds the numbers of the last {@link #tensor} made in it.
 *
 * <p>Everything starts on a cache line. Matrix kernels split a row where its memory is aligned, and add up in another order
 * where it is not: without this, two processes would learn weights that differ in the last bit.
 */
final class Workspace {

    private static final int CACHE_LINE = 64;

    private final Map<String, ByteBuffer> places = new HashMap<>();

    /** A tensor of these numbers, or of the first of them that fill the shape, good until the next one in the same place. */
    NDArray tensor(NDManager scope, String place, float[] values, long... shape) {
        Shape filled = new Shape(shape);
        int size = Math.toIntExact(filled.size());
        int bytes = Math.multiplyExact(size, Float.BYTES);
        ByteBuffer memory = places.get(place);
        if (memory == null || memory.capacity() < bytes) {
            memory = allocate(bytes);
            places.put(place, memory);
        }
        ByteBuffer taken = memory.slice(0, bytes).order(ByteOrder.nativeOrder());
        taken.asFloatBuffer().put(values, 0, size);
        return scope.create(taken, filled, DataType.FLOAT32);
    }

    /** A tensor of these numbers in memory of its own. */
    static NDArray alone(NDManager scope, float[] values, long... shape) {
        return new Workspace().tensor(scope, "", values, shape);
    }

    /** Memory that starts on a cache line. */
    static ByteBuffer allocate(int bytes) {
        int lines = Math.addExact(bytes, CACHE_LINE - 1) / CACHE_LINE;
        return ByteBuffer.allocateDirect(Math.multiplyExact(lines + 1, CACHE_LINE))
                .alignedSlice(CACHE_LINE)
                .slice(0, bytes)
                .order(ByteOrder.nativeOrder());
    }
}
