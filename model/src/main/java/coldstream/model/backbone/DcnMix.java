package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Deep and cross network, version 2, with a mixture of low-rank experts, parallel (Wang et al. 2021): two cross layers x ← x
 * + Σ_e g_e x0 ⊙ (U_e tanh(C_e tanh(V_eᵀ x)) + b), g = softmax of a x, the gates' a shared by the layers. As gates sum to 1,
 * Σ_e g_e (U_e h_e + b) is one product with all U side by side.
 *
 * <pre>
 * x0       (N, D)         D = F d
 * gates    (N, 4)         softmax of gate (4, D), no bias
 * inner    (N, 4 · 16)    V (4 · 16, D), then C (4, 16, 16), tanh after each
 * cross    (N, D)         two layers, U (D, 4 · 16), b (D)
 * deep     (N, 64)        perceptron of x0
 * logit    (N)            out [cross; deep] (N, D + 64)
 * </pre>
 */
final class DcnMix implements Backbone {

    static final int EXPERTS = 4;
    static final int RANK = 16;
    static final int LAYERS = 2;

    @Override
    public String name() {
        return "dcnv2-mix";
    }

    @Override
    public boolean linear() {
        return false;
    }

    @Override
    public List<ParameterSpec> parameters(int fields, int dimension) {
        int width = fields * dimension;
        int inner = EXPERTS * RANK;
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.matrix("gate.weight", EXPERTS, width));
        for (int layer = 1; layer <= LAYERS; layer++) {
            String name = "cross" + layer;
            double outer = ParameterSpec.xavier(RANK, width);
            specs.add(new ParameterSpec(name + ".v.weight", List.of(inner, width), outer));
            specs.add(new ParameterSpec(name + ".c", List.of(EXPERTS, RANK, RANK), ParameterSpec.xavier(RANK, RANK)));
            specs.add(new ParameterSpec(name + ".u.weight", List.of(width, inner), outer));
            specs.add(ParameterSpec.zeros(name + ".u.bias", width));
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

    /** One layer: x0 and x (N, D). */
    static NDArray cross(NDArray x0, NDArray x, Tensors parameters, String name) {
        long rows = x.getShape().get(0);
        NDArray inner = Layers.project(x, parameters, name + ".v").tanh();
        NDArray byExpert = inner.reshape(rows, EXPERTS, RANK).transpose(1, 0, 2);
        NDArray turned = byExpert.matMul(parameters.get(name + ".c")).tanh().transpose(1, 0, 2);
        NDArray weighted = turned.mul(gates(x, parameters).expandDims(2)).reshape(rows, EXPERTS * RANK);
        return x0.mul(Layers.affine(weighted, parameters, name + ".u")).add(x);
    }

    /** How much each expert says: x (N, D), answer (N, 4). */
    static NDArray gates(NDArray x, Tensors parameters) {
        return Layers.project(x, parameters, "gate").softmax(1);
    }
}
