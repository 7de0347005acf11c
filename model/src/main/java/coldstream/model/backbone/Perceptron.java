package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** The part every backbone has: relu(relu(x W₁ᵀ + b₁) W₂ᵀ + b₂), with dropout after the first layer. */
final class Perceptron {

    /** Units of the first layer. */
    static final int WIDE = 128;

    /** Units of the second layer, which is what it answers with. */
    static final int NARROW = 64;

    private Perceptron() {}

    /** deep1 (128, in) and deep2 (64, 128) with their biases. */
    static List<ParameterSpec> parameters(int in) {
        return List.of(
                ParameterSpec.matrix("deep1.weight", WIDE, in),
                ParameterSpec.zeros("deep1.bias", WIDE),
                ParameterSpec.matrix("deep2.weight", NARROW, WIDE),
                ParameterSpec.zeros("deep2.bias", NARROW));
    }

    /** x (N, in) to (N, 64), or (M, N, 64) under M masks. */
    static NDArray of(NDArray x, Backbone.Tensors parameters, Dropout dropout) {
        NDArray wide = dropout.apply(Layers.relu(Layers.affine(x, parameters, "deep1")));
        return Layers.relu(Layers.affine(wide, parameters, "deep2"));
    }
}
