package coldstream.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * A network from features to a logit. Axes: N rows to score, F fields, d factors per field. A new backbone is one class and
 * one line in {@link Backbones}.
 */
public interface Backbone {

    /** The name people choose it by. */
    String name();

    /** Whether rows carry a linear weight for it. */
    boolean linear();

    /** The dense parameters it asks for. */
    List<ParameterSpec> parameters(int fields, int dimension);

    /**
     * The logits, shape (N).
     *
     * <p>A tensor made by an operation lives as long as the operation's first operand, so the features come first.
     *
     * @param parameters by the names declared
     * @param features x0, shape (N, F, d)
     * @param linear pooled linear weights, shape (N, F); zeros unless {@link #linear}
     */
    NDArray logits(Tensors parameters, NDArray features, NDArray linear);

    /** Dense parameters as tensors, by name. */
    interface Tensors {
        NDArray get(String name);
    }
}
