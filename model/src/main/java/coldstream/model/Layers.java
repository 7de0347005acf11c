package coldstream.model;

import ai.djl.ndarray.NDArray;

/** The pieces backbones are made of. */
final class Layers {

    private Layers() {}

    /** x Wᵀ + b: x (N, in), W {@code <name>.weight} (out, in), b {@code <name>.bias} (out). */
    static NDArray affine(NDArray x, Backbone.Tensors parameters, String name) {
        return x.matMul(parameters.get(name + ".weight").transpose()).add(parameters.get(name + ".bias"));
    }

    static NDArray relu(NDArray x) {
        return x.maximum(0);
    }
}
