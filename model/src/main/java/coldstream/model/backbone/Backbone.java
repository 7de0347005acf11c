package coldstream.model.backbone;

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

    /** Whether it looks at the history's items one by one, as {@link Inputs#sequence}. */
    default boolean sequence() {
        return false;
    }

    /** The dense parameters it asks for. */
    List<ParameterSpec> parameters(int fields, int dimension);

    /**
     * The logits, shape (N); (M, N) where {@link Inputs#dropout} has M masks.
     *
     * <p>A tensor made by an operation lives as long as the operation's first operand, so parameters never come first.
     *
     * @param parameters by the names declared
     */
    NDArray logits(Tensors parameters, Inputs inputs);

    /** Dense parameters as tensors, by name. */
    interface Tensors {
        NDArray get(String name);
    }
}
