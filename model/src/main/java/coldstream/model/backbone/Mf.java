package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;

/**
 * Matrix factorisation with biases (Koren, Bell and Volinsky 2009): logit = b + b_u + b_i + p_u · q_i, where p_u and q_i are the
 * user's and the item's rows and b_u and b_i their linear weights. It sees no other field. Under dropout factors fall silent.
 *
 * <pre>
 * x0       (N, F, d)
 * product  (N, d)     p ⊙ q
 * logit    (N)        b + b_u + b_i + Σ_k product_k
 * </pre>
 */
final class Mf implements Backbone {

    private static final int USER = 0;
    private static final int ITEM = 4;

    @Override
    public String name() {
        return "mf";
    }

    @Override
    public boolean linear() {
        return true;
    }

    @Override
    public List<ParameterSpec> parameters(int fields, int dimension) {
        return List.of(ParameterSpec.zeros("bias", 1));
    }

    @Override
    public NDArray logits(Tensors parameters, Inputs inputs) {
        int[] factors = {-1};
        NDArray product = field(inputs.features(), USER).mul(field(inputs.features(), ITEM));
        return inputs.dropout()
                .apply(product)
                .sum(factors)
                .add(field(inputs.linear(), USER))
                .add(field(inputs.linear(), ITEM))
                .add(parameters.get("bias"));
    }

    /** Of every row: (N, F, ...) to (N, ...). */
    private static NDArray field(NDArray x, int field) {
        return x.get(new NDIndex(":, {}", field));
    }
}
