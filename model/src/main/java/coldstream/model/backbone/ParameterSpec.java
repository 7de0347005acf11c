package coldstream.model.backbone;

import java.util.List;

/**
 * A dense parameter a backbone asks for.
 *
 * @param shape (out, in) for a matrix, (length) for a vector, (count, in, out) for a stack of matrices
 * @param deviation standard deviation of the independent normal numbers it starts with; 0 starts it at zero
 */
public record ParameterSpec(String name, List<Integer> shape, double deviation) {

    public ParameterSpec {
        shape = List.copyOf(shape);
    }

    /** A matrix W (out, in), used as x Wᵀ. */
    public static ParameterSpec matrix(String name, int out, int in) {
        return new ParameterSpec(name, List.of(out, in), xavier(out, in));
    }

    /** A vector or matrix of zeros. */
    public static ParameterSpec zeros(String name, Integer... shape) {
        return new ParameterSpec(name, List.of(shape), 0);
    }

    /** Variance 2 / (out + in): Glorot and Bengio 2010. */
    static double xavier(int out, int in) {
        return Math.sqrt(2.0 / (out + in));
    }

    /** Numbers it has. */
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
