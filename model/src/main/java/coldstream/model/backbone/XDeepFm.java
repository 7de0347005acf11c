package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * Compressed interaction network beside a perceptron (Lian et al. 2018). A layer makes 32 maps of d numbers; map h of layer k
 * is relu(Σ_ij W^k_hij (x^{k−1}_i ⊙ x0_j) + c^k_h), x^0 being the fields. The first half of a layer's maps goes to the next
 * layer, the second half to the logit; of the last layer all do.
 *
 * <pre>
 * x0       (N, F, d)
 * cin1     (N, 32, d)     W (32, F F),  c (32); 16 maps go on, 16 out
 * cin2     (N, 32, d)     W (32, 16 F), c (32); 16 maps go on, 16 out
 * cin3     (N, 32, d)     W (32, 16 F), c (32); 32 maps out
 * sums     (N, 64)        over the d numbers of each map that is out
 * deep     (N, 64)        perceptron of x0 (N, F d)
 * logit    (N)            Σ linear + out [sums; deep] (N, 128)
 * </pre>
 */
final class XDeepFm implements Backbone {

    /** Maps of a layer, even: it is split. */
    static final int MAPS = 32;

    static final int LAYERS = 3;

    /** Maps that reach the logit. */
    private static final int SUMS = (LAYERS + 1) * MAPS / 2;

    @Override
    public String name() {
        return "xdeepfm";
    }

    @Override
    public boolean linear() {
        return true;
    }

    @Override
    public List<ParameterSpec> parameters(int fields, int dimension) {
        List<ParameterSpec> specs = new ArrayList<>();
        int before = fields;
        for (int layer = 1; layer <= LAYERS; layer++) {
            specs.add(ParameterSpec.matrix("cin" + layer + ".weight", MAPS, before * fields));
            specs.add(ParameterSpec.zeros("cin" + layer + ".bias", MAPS));
            before = MAPS / 2;
        }
        specs.addAll(Perceptron.parameters(fields * dimension));
        specs.add(ParameterSpec.matrix("out.weight", 1, SUMS + Perceptron.NARROW));
        specs.add(ParameterSpec.zeros("out.bias", 1));
        return specs;
    }

    @Override
    public NDArray logits(Tensors parameters, Inputs inputs) {
        int[] fields = {1};
        NDArray deep = Perceptron.of(inputs.flat(), parameters, inputs.dropout());
        NDArray sums = interactions(parameters, inputs.features());
        NDArray both = Layers.scalar(Layers.join(sums, deep), parameters, "out");
        return both.add(inputs.linear().sum(fields));
    }

    /** x0 (N, F, d), answer (N, 64). Factors stand before maps here, so that a layer is one matrix product. */
    static NDArray interactions(Tensors parameters, NDArray x0) {
        int[] factors = {1};
        NDArray fields = x0.transpose(0, 2, 1);
        NDArray maps = fields;
        NDList sums = new NDList();
        for (int layer = 1; layer <= LAYERS; layer++) {
            NDArray made = Layers.relu(Layers.affine(products(maps, fields), parameters, "cin" + layer));
            if (layer < LAYERS) {
                NDList halves = made.split(2, 2);
                maps = halves.get(0);
                made = halves.get(1);
            }
            sums.add(made.sum(factors));
        }
        return sums.get(0).concat(sums.get(1), 1).concat(sums.get(2), 1);
    }

    /** Every map times every field: (N, d, H) and (N, d, F), answer (N, d, H F). */
    private static NDArray products(NDArray maps, NDArray fields) {
        NDArray all = maps.expandDims(3).mul(fields.expandDims(2));
        return all.reshape(
                all.getShape().get(0),
                all.getShape().get(1),
                all.getShape().get(2) * all.getShape().get(3));
    }
}
