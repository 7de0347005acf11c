package coldstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Deep and cross network, version 2, parallel (Wang et al. 2021): two full-rank cross layers x ← x0 ⊙ (x Wᵀ + b) + x beside a
 * two-layer perceptron; one affine map of both gives the logit.
 */
final class DcnV2 implements Backbone {

    private static final int WIDE = 128;
    private static final int NARROW = 64;

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
        return List.of(
                ParameterSpec.matrix("cross1.weight", width, width),
                ParameterSpec.bias("cross1.bias", width),
                ParameterSpec.matrix("cross2.weight", width, width),
                ParameterSpec.bias("cross2.bias", width),
                ParameterSpec.matrix("deep1.weight", WIDE, width),
                ParameterSpec.bias("deep1.bias", WIDE),
                ParameterSpec.matrix("deep2.weight", NARROW, WIDE),
                ParameterSpec.bias("deep2.bias", NARROW),
                ParameterSpec.matrix("out.weight", 1, width + NARROW),
                ParameterSpec.bias("out.bias", 1));
    }

    @Override
    public NDArray logits(Tensors parameters, NDArray features, NDArray linear) {
        Shape shape = features.getShape();
        NDArray x0 = features.reshape(shape.get(0), shape.get(1) * shape.get(2));
        NDArray cross = cross(x0, cross(x0, x0, parameters, "cross1"), parameters, "cross2");
        NDArray deep = Layers.relu(Layers.affine(x0, parameters, "deep1"));
        deep = Layers.relu(Layers.affine(deep, parameters, "deep2"));
        NDArray both = NDArrays.concat(new ai.djl.ndarray.NDList(cross, deep), 1);
        return Layers.affine(both, parameters, "out").reshape(shape.get(0));
    }

    private static NDArray cross(NDArray x0, NDArray x, Tensors parameters, String name) {
        return x0.mul(Layers.affine(x, parameters, name)).add(x);
    }
}
