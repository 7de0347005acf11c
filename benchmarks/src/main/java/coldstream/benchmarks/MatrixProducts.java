package coldstream.benchmarks;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import coldstream.model.backbone.ParameterSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The roofline: the network's matrix products and nothing else, in the same engine with the same threads. For each weight
 * W (out, in): x Wᵀ forward, and backward g W for the input and gᵀ x for the weight.
 */
final class MatrixProducts implements Contender {

    /** x (rows, in), w (out, in), g (rows, out). */
    private record Layer(NDArray x, NDArray w, NDArray g) {}

    private final NDManager manager;
    private final List<Layer> layers = new ArrayList<>();
    private final boolean accelerated;
    private final double operations;

    MatrixProducts(List<ParameterSpec> parameters, int rows, Device device) {
        manager = Engine.getEngine("PyTorch").newBaseManager(device);
        accelerated = device.isGpu();
        double sum = 0;
        for (ParameterSpec spec : parameters) {
            if (spec.shape().size() == 2) {
                int out = spec.shape().get(0);
                int in = spec.shape().get(1);
                layers.add(new Layer(random(rows, in), random(out, in), random(rows, out)));
                sum += 6.0 * rows * in * out;
            }
        }
        operations = sum;
    }

    private NDArray random(int rows, int columns) {
        return manager.randomNormal(0, 1, new Shape(rows, columns), DataType.FLOAT32);
    }

    /** Floating-point operations of a step. */
    double operations() {
        return operations;
    }

    @Override
    public Took steps(int steps) {
        return Contender.timed(() -> {
            for (int step = 0; step < steps; step++) {
                try (NDManager scope = manager.newSubManager()) {
                    step(scope);
                }
            }
        });
    }

    private void step(NDManager scope) {
        for (Layer layer : layers) {
            layer.x.matMul(layer.w.transpose()).attach(scope);
            layer.g.matMul(layer.w).attach(scope);
            layer.g.transpose().matMul(layer.x).attach(scope);
        }
        if (accelerated) {
            layers.get(0).g.sum().toFloatArray(); // waits for the device
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
