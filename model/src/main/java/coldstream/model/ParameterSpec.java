package coldstream.model;

import java.util.List;

/**
 * A dense parameter a backbone asks for.
 *
 * @param shape (out, in) for a matrix, (length) for a vector
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
    static ParameterSpec matrix(String name, int out, int in) {
        return new ParameterSpec(name, List.of(out, in), Start.XAVIER);
    }

    /** A vector of zeros. */
    static ParameterSpec bias(String name, int length) {
        return new ParameterSpec(name, List.of(length), Start.ZERO);
    }

    int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    float[] values(long seed) {
        float[] values = new float[size()];
        if (start == Start.XAVIER) {
            double deviation = Math.sqrt(2.0 / (shape.get(0) + shape.get(1)));
            Draws.of(seed, "dense", name).normal(values, 0, values.length, deviation);
        }
        return values;
    }
}
