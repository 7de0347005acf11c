package coldstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Factorisation machine beside a perceptron (Guo et al. 2017): logit = b + Σ linear weights + Σ over field pairs of their dot
 * products, which is ½ Σ over factors of ((Σ over fields)² − Σ over fields of squares), + perceptron.
 */
final class DeepFm implements Backbone {

    private static final int WIDE = 128;
    private static final int NARROW = 64;

    @Override
    public String name() {
        return "deepfm";
    }

    @Override
    public boolean linear() {
        return true;
    }

    @Override
    public List<ParameterSpec> parameters(int fields, int dimension) {
        return List.of(
                ParameterSpec.matrix("deep1.weight", WIDE, fields * dimension),
                ParameterSpec.bias("deep1.bias", WIDE),
                ParameterSpec.matrix("deep2.weight", NARROW, WIDE),
                ParameterSpec.bias("deep2.bias", NARROW),
                ParameterSpec.matrix("out.weight", 1, NARROW),
                ParameterSpec.bias("out.bias", 1));
    }

    @Override
    public NDArray logits(Tensors parameters, NDArray features, NDArray linear) {
        Shape shape = features.getShape();
        long rows = shape.get(0);
        int[] fields = {1};
        int[] factors = {1};
        NDArray together = features.sum(fields).square();
        NDArray apart = features.square().sum(fields);
        NDArray pairs = together.sub(apart).sum(factors).mul(0.5f);
        NDArray x0 = features.reshape(rows, shape.get(1) * shape.get(2));
        NDArray deep = Layers.relu(Layers.affine(x0, parameters, "deep1"));
        deep = Layers.relu(Layers.affine(deep, parameters, "deep2"));
        return pairs.add(linear.sum(fields))
                .add(Layers.affine(deep, parameters, "out").reshape(rows));
    }
}
