package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Deep interest network (Zhou et al. 2018): each history item is weighed by how it bears on the item to be scored, and their
 * weighted sum joins the fields. Weights are not normalised, as in the paper; the sum is divided by √(number of items), so
 * that users with a short and with a long history have comparable logits. An empty history is a learnt vector. ReLU stands
 * in for Dice, which needs statistics of a batch.
 *
 * <pre>
 * q        (N, 2 d)       the item: its row, its categories
 * k        (N, T, 2 d)    history items, made alike
 * a1       (N, T, 64)     relu of [q; k; q − k; q ⊙ k], (64, 8 d) in four blocks, with bias
 * a2       (N, T, 16)     relu, (16, 64)
 * a        (N, T)         (1, 16), 0 where there is no item
 * interest (N, 2 d)       Σ_t a_t k_t / √max(1, length), or cold (2 d) for an empty history
 * deep     (N, 64)        perceptron of [x0; interest] (N, F d + 2 d)
 * logit    (N)            out deep
 * </pre>
 */
final class Din implements Backbone {

    private static final int WIDE = 64;
    private static final int NARROW = 16;

    @Override
    public String name() {
        return "din";
    }

    @Override
    public boolean linear() {
        return false;
    }

    @Override
    public boolean sequence() {
        return true;
    }

    @Override
    public List<ParameterSpec> parameters(int fields, int dimension) {
        int key = 2 * dimension;
        double deviation = ParameterSpec.xavier(WIDE, 4 * key);
        List<ParameterSpec> specs = new ArrayList<>();
        for (String block : List.of("query", "key", "difference", "product")) {
            specs.add(new ParameterSpec("attention1." + block + ".weight", List.of(WIDE, key), deviation));
        }
        specs.add(ParameterSpec.zeros("attention1.bias", WIDE));
        specs.add(ParameterSpec.matrix("attention2.weight", NARROW, WIDE));
        specs.add(ParameterSpec.zeros("attention2.bias", NARROW));
        specs.add(ParameterSpec.matrix("attention3.weight", 1, NARROW));
        specs.add(ParameterSpec.zeros("attention3.bias", 1));
        specs.add(ParameterSpec.zeros("cold", key));
        specs.addAll(Perceptron.parameters(fields * dimension + key));
        specs.add(ParameterSpec.matrix("out.weight", 1, Perceptron.NARROW));
        specs.add(ParameterSpec.zeros("out.bias", 1));
        return specs;
    }

    @Override
    public NDArray logits(Tensors parameters, Inputs inputs) {
        NDArray interest = interest(parameters, inputs.sequence().orElseThrow());
        NDArray all = inputs.flat().concat(interest, 1);
        NDArray deep = Perceptron.of(all, parameters, inputs.dropout());
        return Layers.scalar(deep, parameters, "out");
    }

    /** What of its history bears on each item, (N, 2 d). */
    static NDArray interest(Tensors parameters, Sequence sequence) {
        int[] places = {1};
        NDArray mask = sequence.mask();
        NDArray length = mask.sum(places, true);
        NDArray shares = mask.div(length.maximum(1).sqrt());
        NDArray keys = sequence.toRows(sequence.keys());
        NDArray weights = attention(parameters, sequence, keys).mul(sequence.toRows(shares));
        NDArray warm = weights.expandDims(1).matMul(keys).squeeze(1);
        NDArray empty = length.eq(0).toType(DataType.FLOAT32, false);
        return warm.add(sequence.toRows(empty).mul(parameters.get("cold")));
    }

    /** a before masking, (N, T). What depends on the item or on the history alone is computed once for each. */
    private static NDArray attention(Tensors parameters, Sequence sequence, NDArray keys) {
        NDArray query = sequence.query();
        NDArray byQuery = Layers.project(query, parameters, "attention1.query")
                .add(Layers.project(query, parameters, "attention1.difference"))
                .add(parameters.get("attention1.bias"));
        NDArray byKey = Layers.project(sequence.keys(), parameters, "attention1.key")
                .sub(Layers.project(sequence.keys(), parameters, "attention1.difference"));
        NDArray byBoth = Layers.project(keys.mul(query.expandDims(1)), parameters, "attention1.product");
        NDArray first = Layers.relu(byBoth.add(sequence.toRows(byKey)).add(byQuery.expandDims(1)));
        NDArray second = Layers.relu(Layers.affine(first, parameters, "attention2"));
        return Layers.scalar(second, parameters, "attention3");
    }
}
