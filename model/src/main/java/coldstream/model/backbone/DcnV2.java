package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Deep and cross network, version 2, parallel (Wang et al. 2021): two full-rank cross layers x ← x0 ⊙ (x Wᵀ + b) + x beside a
 * two-layer perceptron; one affine map of both gives the logit.
 *
 * <pre>
 * x0       (N, D)         D = F d
 * cross    (N, D)         two layers, W (D, D), b (D) each
 * deep     (N, 64)        perceptron of x0
 * logit    (N)            out [cross; deep] (N, D + 64)
 * </pre>
 */
final class DcnV2 implements Backbone {

    @Override
    public String name() {
        return "dcnv2";
    }

    @Override
    public boolean linear() {
        return false;
    }

    @Override
    public List<ParameterSpec> parameters(int fields, int dimension) {
        int width = fields * dimension;
        List<ParameterSpec> specs = new ArrayList<>();
        for (String layer : List.of("cross1", "cross2")) {
            specs.add(ParameterSpec.matrix(layer + ".weight", width, width));
            specs.add(ParameterSpec.zeros(layer + ".bias", width));
        }
        specs.addAll(Perceptron.parameters(width));
        specs.add(ParameterSpec.matrix("out.weight", 1, width + Perceptron.NARROW));
        specs.add(ParameterSpec.zeros("out.bias", 1));
        return specs;
    }

    @Override
    public NDArray logits(Tensors parameters, Inputs inputs) {
        NDArray x0 = inputs.flat();
        NDArray cross = cross(x0, cross(x0, x0, parameters, "cross1"), parameters, "cross2");
        NDArray deep = Perceptron.of(x0, parameters, inputs.dropout());
        return Layers.scalar(Layers.join(cross, deep), parameters, "out");
    }

    static NDArray cross(NDArray x0, NDArray x, Tensors parameters, String name) {
        return x0.mul(Layers.affine(x, parameters, name)).add(x);
    }
}
