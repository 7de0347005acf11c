package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;

/** The pieces backbones are made of. */
final class Layers {

    private Layers() {}

    /** x Wᵀ + b: x (..., in), W {@code <name>.weight} (out, in), b {@code <name>.bias} (out). */
    static NDArray affine(NDArray x, Backbone.Tensors parameters, String name) {
        return Linear.linear(x, parameters.get(name + ".weight"), parameters.get(name + ".bias"))
                .singletonOrThrow();
    }

    /** x Wᵀ: x (..., in), W {@code <name>.weight} (out, in). */
    static NDArray project(NDArray x, Backbone.Tensors parameters, String name) {
        return Linear.linear(x, parameters.get(name + ".weight")).singletonOrThrow();
    }

    /** {@link #affine} to one number: x (..., in), answer (...). */
    static NDArray scalar(NDArray x, Backbone.Tensors parameters, String name) {
        return affine(x, parameters, name).squeeze(-1);
    }

    static NDArray relu(NDArray x) {
        return Activation.relu(x);
    }

    /** Both side by side: x (N, a), y (N, b) or (M, N, b), for which x is repeated. */
    static NDArray join(NDArray x, NDArray y) {
        Shape shape = y.getShape();
        int axis = shape.dimension() - 1;
        NDArray repeated = axis == 1
                ? x
                : x.broadcast(shape.get(0), shape.get(1), x.getShape().get(1));
        return repeated.concat(y, axis);
    }
}
