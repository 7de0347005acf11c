package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Self-attention over the fields beside a perceptron (Song et al. 2019): one layer, two heads of 32, scores divided by √32
 * (Vaswani et al. 2017), a projection of the fields added. A field with nothing in it, such as the history of a newcomer,
 * would be a key of zeros: a learnt row stands in for it.
 *
 * <pre>
 * x        (N, F, d)      x0; fields of zeros are replaced by missing (F, d)
 * q k v r  (N, F, 64)     attention (4 · 64, d), no bias
 * weights  (N, 2, F, F)   softmax(q kᵀ / √32) by head, over the last axis
 * mixed    (N, F, 64)     relu(weights v + r)
 * deep     (N, 64)        perceptron of x0 (N, F d)
 * logit    (N)            out [mixed; deep] (N, F 64 + 64)
 * </pre>
 */
final class AutoInt implements Backbone {

    private static final int HEADS = 2;
    private static final int HEAD = 32;

    /** Numbers a field becomes. */
    static final int SIZE = HEADS * HEAD;

    @Override
    public String name() {
        return "autoint";
    }

    @Override
    public boolean linear() {
        return false;
    }

    @Override
    public List<ParameterSpec> parameters(int fields, int dimension) {
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.zeros("missing", fields, dimension));
        specs.add(new ParameterSpec(
                "attention.weight", List.of(4 * SIZE, dimension), ParameterSpec.xavier(SIZE, dimension)));
        specs.addAll(Perceptron.parameters(fields * dimension));
        specs.add(ParameterSpec.matrix("out.weight", 1, fields * SIZE + Perceptron.NARROW));
        specs.add(ParameterSpec.zeros("out.bias", 1));
        return specs;
    }

    @Override
    public NDArray logits(Tensors parameters, Inputs inputs) {
        NDArray x = filled(inputs.features(), parameters.get("missing"));
        NDList projected = Layers.project(x, parameters, "attention").split(4, 2);
        NDArray values = heads(projected.get(2));
        NDArray found = weights(projected.get(0), projected.get(1)).matMul(values);
        NDArray mixed = found.transpose(0, 2, 1, 3).reshape(projected.get(3).getShape());
        mixed = Layers.relu(mixed.add(projected.get(3)));
        NDArray deep = Perceptron.of(inputs.flat(), parameters, inputs.dropout());
        NDArray flat = mixed.reshape(inputs.rows(), -1);
        return Layers.scalar(Layers.join(flat, deep), parameters, "out");
    }

    /** x0 with rows of {@code missing} where a field is zeros. */
    private static NDArray filled(NDArray x0, NDArray missing) {
        int[] factors = {2};
        NDArray absent = x0.abs().sum(factors, true).eq(0).toType(DataType.FLOAT32, false);
        return x0.add(absent.mul(missing));
    }

    /** How much each field (third axis) looks at each (fourth): q and k (N, F, 64), answer (N, 2, F, F). */
    static NDArray weights(NDArray queries, NDArray keys) {
        NDArray scores = heads(queries).matMul(heads(keys).transpose(0, 1, 3, 2));
        return scores.mul(1 / Math.sqrt(HEAD)).softmax(-1);
    }

    /** (N, F, 64) to (N, 2, F, 32). */
    private static NDArray heads(NDArray x) {
        return x.reshape(x.getShape().get(0), x.getShape().get(1), HEADS, HEAD).transpose(0, 2, 1, 3);
    }
}
