package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Factorisation machine beside a perceptron (Guo et al. 2017): logit = b + Σ linear weights + Σ over field pairs of their dot
 * products, which is ½ Σ over factors of ((Σ over fields)² − Σ over fields of squares), + perceptron.
 *
 * <pre>
 * x0       (N, F, d)
 * pairs    (N)        ½ Σ_k ((Σ_f x_fk)² − Σ_f x_fk²)
 * deep     (N, 64)    perceptron of x0 (N, F d)
 * logit    (N)        Σ linear + pairs + out deep
 * </pre>
 */
final class DeepFm implements Backbone {

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
        List<ParameterSpec> specs = new ArrayList<>(Perceptron.parameters(fields * dimension));
        specs.add(ParameterSpec.matrix("out.weight", 1, Perceptron.NARROW));
        specs.add(ParameterSpec.zeros("out.bias", 1));
        return specs;
    }

    @Override
    public NDArray logits(Tensors parameters, Inputs inputs) {
        int[] fields = {1};
        NDArray deep = Perceptron.of(inputs.flat(), parameters, inputs.dropout());
        return pairs(inputs.features()).add(inputs.linear().sum(fields)).add(Layers.scalar(deep, parameters, "out"));
    }

    /** Σ over pairs of fields of their dot products: x0 (N, F, d), answer (N). */
    static NDArray pairs(NDArray x0) {
        int[] fields = {1};
        int[] factors = {1};
        NDArray together = x0.sum(fields).square();
        NDArray apart = x0.square().sum(fields);
        return together.sub(apart).sum(factors).mul(0.5f);
    }
}
