package coldstream.model.backbone;

import java.util.List;

/**
 * A dense parameter a backbone asks for.
 *
 * @param shape (out, in) for a matrix, (length) for a vector, (count, out, in) for a stack of matrices
 * @param start how it is filled
 */
public record ParameterSpec(String name, List<Integer> shape, Start start) {

    /** How a parameter starts. */
    public enum Start {
        ZERO,
        /** Normal with variance 2 / (in + out): Glorot and Bengio 2010. */
        XAVIER
    }

    public ParameterSpec {
        shape = List.copyOf(shape);
    }

    /** A matrix W (out, in), used as x Wᵀ. */
    public static ParameterSpec matrix(String name, int out, int in) {
        return new ParameterSpec(name, List.of(out, in), Start.XAVIER);
    }

    /** A stack of matrices, each started as one alone. */
    public static ParameterSpec matrices(String name, int count, int out, int in) {
        return new ParameterSpec(name, List.of(count, out, in), Start.XAVIER);
    }

    /** A vector of zeros. */
    public static ParameterSpec bias(String name, int length) {
        return new ParameterSpec(name, List.of(length), Start.ZERO);
    }

    /** Numbers it has. */
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** Standard deviation of the normal numbers it starts with. */
    public double deviation() {
        int axes = shape.size();
        return start == Start.ZERO ? 0 : Math.sqrt(2.0 / (shape.get(axes - 2) + shape.get(axes - 1)));
    }
}
