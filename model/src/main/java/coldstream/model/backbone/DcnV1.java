package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Deep and cross network, version 1, parallel (Wang et al. 2017): three cross layers x ← x0 (w · x) + b + x beside a
 * perceptron; one affine map of both gives the logit.
 *
 * <pre>
 * x0       (N, D)         D = F d
 * cross    (N, D)         three layers, w (1, D), b (D) each
 * deep     (N, 64)        perceptron of x0
 * logit    (N)            out [cross; deep] (N, D + 64)
 * </pre>
 */
final class DcnV1 implements Backbone {

    static final int LAYERS = 3;

    @Override
    public String name() {
        return "dcnv1";
    }

    @Override
    public boolean linear() {
        return false;
    }

    @Override
    public List<ParameterSpec> parameters(int fields, int dimension) {
        int width = fields * dimension;
        List<ParameterSpec> specs = new ArrayList<>();
        for (int layer = 1; layer <= LAYERS; layer++) {
            specs.add(ParameterSpec.matrix("cross" + layer + ".weight", 1, width));
            specs.add(ParameterSpec.zeros("cross" + layer + ".bias", width));
        }
        specs.addAll(Perceptron.parameters(width));
        specs.add(ParameterSpec.matrix("out.weight", 1, width + Perceptron.NARROW));
        specs.add(ParameterSpec.zeros("out.bias", 1));
        return specs;
    }

    @Override
    public NDArray logits(Tensors parameters, Inputs inputs) {
        NDArray x0 = inputs.flat();
        NDArray x = x0;
        for (int layer = 1; layer <= LAYERS; layer++) {
            x = cross(x0, x, parameters, "cross" + layer);
        }
        NDArray deep = Perceptron.of(x0, parameters, inputs.dropout());
        return Layers.scalar(Layers.join(x, deep), parameters, "out");
    }

    /** x0 (w · x) + b + x: x0 and x (N, D). */
    static NDArray cross(NDArray x0, NDArray x, Tensors parameters, String name) {
        NDArray along = Layers.project(x, parameters, name);
        return x0.mul(along).add(parameters.get(name + ".bias")).add(x);
    }
}
