package coldstream.app.export.onnx;

import coldstream.model.Tensor;
import java.util.Map;
import java.util.Objects;

/** The pieces backbones are made of, with the dense parameters they are made from. */
final class Layers {

    private static final String DENSE = "dense.";

    private final Operations operations;

    Layers(Graph graph, Operations operations, Map<String, Tensor> dense) {
        this.operations = operations;
        dense.forEach((name, tensor) -> Objects.requireNonNull(graph.table(DENSE + name, tensor)));
    }

    /** A dense parameter. */
    String parameter(String name) {
        return DENSE + name;
    }

    /** x Wᵀ: x (..., in), W {@code <name>.weight} (out, in). */
    String project(String x, String name) {
        String turned = operations.transpose(parameter(name + ".weight"), 1, 0);
        return operations.matrixProduct(x, turned);
    }

    /** x Wᵀ + b, b {@code <name>.bias} (out). */
    String affine(String x, String name) {
        return operations.add(project(x, name), parameter(name + ".bias"));
    }

    /** relu(x Wᵀ + b). */
    String dense(String x, String name) {
        return operations.apply("Relu", affine(x, name));
    }

    /** The perceptron all backbones have: x (N, in), answer (N, 64). */
    String perceptron(String x) {
        return dense(dense(x, "deep1"), "deep2");
    }

    /** One affine map of what is given and of the perceptron of x0: (N, 1). */
    String logit(String found, String x0) {
        return affine(operations.join(1, found, perceptron(x0)), "out");
    }
}
