package coldstream.model;

import static coldstream.domain.Check.check;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where PyTorch computes. Numbers go in as arrays and come out as arrays; every pass has a tensor scope of its own, closed
 * with it, so that no native memory outlives it.
 */
final class Network implements AutoCloseable {

    /** The engine allows one gradient collector a process. */
    private static final ReentrantLock COLLECTOR = new ReentrantLock();

    private static final int CACHE_LINE = 64;

    private final Backbone backbone;
    private final int fields;
    private final int dimension;
    private final Engine engine;
    private final NDManager manager;

    Network(Backbone backbone, int fields, int dimension, Compute compute) {
        this.backbone = backbone;
        this.fields = fields;
        this.dimension = dimension;
        engine = compute.engine();
        manager = engine.newBaseManager(compute.device() == Compute.Where.GPU ? Device.gpu() : Device.cpu());
    }

    /**
     * The logits of rows of features.
     *
     * @param features x0, row-major (rows, F, d)
     * @param linear row-major (rows, F)
     */
    float[] logits(DenseParameters parameters, int rows, float[] features, float[] linear) {
        try (NDManager scope = manager.newSubManager()) {
            Map<String, NDArray> tensors = tensors(scope, parameters);
            return logits(scope, tensors, rows, features, linear).toFloatArray();
        }
    }

    /** Dense parameters as tensors that live until the network is closed. */
    Map<String, NDArray> keep(DenseParameters parameters) {
        return tensors(manager, parameters);
    }

    /** As above, with parameters kept. Any thread. */
    float[] logits(Map<String, NDArray> kept, int rows, float[] features, float[] linear) {
        try (NDManager scope = manager.newSubManager()) {
            return logits(scope, kept, rows, features, linear).toFloatArray();
        }
    }

    private NDArray logits(NDManager scope, Map<String, NDArray> tensors, int rows, float[] features, float[] linear) {
        NDArray x0 = tensor(scope, features, rows, fields, dimension);
        NDArray weights = tensor(scope, linear, rows, fields);
        return backbone.logits(name -> Objects.requireNonNull(tensors.get(name), name), x0, weights);
    }

    /** Starts a pass that can be followed backwards; close it soon: others wait for the collector. */
    Pass pass(DenseParameters parameters, int rows, float[] features, float[] linear) {
        COLLECTOR.lock();
        NDManager scope = manager.newSubManager();
        GradientCollector collector = engine.newGradientCollector();
        boolean started = false;
        try {
            Pass pass = new Pass(parameters, scope, collector, rows, features, linear);
            started = true;
            return pass;
        } finally {
            if (!started) {
                end(scope, collector);
            }
        }
    }

    private static void end(NDManager scope, GradientCollector collector) {
        try (scope) {
            collector.close();
        } finally {
            COLLECTOR.unlock();
        }
    }

    private static Map<String, NDArray> tensors(NDManager scope, DenseParameters parameters) {
        Map<String, NDArray> tensors = new HashMap<>();
        for (ParameterSpec spec : parameters.specs()) {
            long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
            tensors.put(spec.name(), tensor(scope, parameters.values(spec), shape));
        }
        return tensors;
    }

    /**
     * A tensor whose numbers start on a cache line. Matrix kernels split a row where its memory is aligned, and add up in
     * another order where it is not: without this, two processes would learn weights that differ in the last bit.
     */
    private static NDArray tensor(NDManager scope, float[] values, long... shape) {
        return scope.create(onCacheLine(values), new Shape(shape), DataType.FLOAT32);
    }

    static ByteBuffer onCacheLine(float[] values) {
        int bytes = values.length * Float.BYTES;
        int lines = (bytes + CACHE_LINE - 1) / CACHE_LINE;
        ByteBuffer aligned = ByteBuffer.allocateDirect((lines + 1) * CACHE_LINE)
                .alignedSlice(CACHE_LINE)
                .slice(0, bytes)
                .order(ByteOrder.nativeOrder());
        aligned.asFloatBuffer().put(values);
        return aligned;
    }

    @Override
    public void close() {
        manager.close();
    }

    /**
     * The gradient of a scalar.
     *
     * @param dense by parameter, in the order of its declaration
     * @param features row-major (rows, F, d)
     * @param linear row-major (rows, F)
     */
    record Gradients(List<float[]> dense, Slab features, Slab linear) {}

    /** An array with its meaning kept apart, so that a record of it compares by identity. */
    static final class Slab {
        final float[] values;

        Slab(float[] values) {
            this.values = values;
        }
    }

    /** One forward pass and, if wanted, the way back. */
    final class Pass implements AutoCloseable {

        private final DenseParameters parameters;
        private final NDManager scope;
        private final GradientCollector collector;
        private final Map<String, NDArray> leaves;
        private final NDArray features;
        private final NDArray linear;
        private final NDArray logits;

        private Pass(
                DenseParameters parameters,
                NDManager scope,
                GradientCollector collector,
                int rows,
                float[] x0,
                float[] weights) {
            this.parameters = parameters;
            this.scope = scope;
            this.collector = collector;
            leaves = tensors(scope, parameters);
            leaves.values().forEach(leaf -> leaf.setRequiresGradient(true));
            features = tensor(scope, x0, rows, fields, dimension);
            features.setRequiresGradient(true);
            linear = tensor(scope, weights, rows, fields);
            linear.setRequiresGradient(backbone.linear());
            logits = backbone.logits(name -> Objects.requireNonNull(leaves.get(name), name), features, linear);
        }

        float[] logits() {
            return logits.toFloatArray();
        }

        /** The gradient of a scalar L, given dL/dlogit. */
        Gradients backward(float[] byLogit) {
            check(byLogit.length == logits.size(), "one gradient per logit is needed, got %d", byLogit.length);
            NDArray upstream = tensor(scope, byLogit, byLogit.length);
            collector.backward(logits.mul(upstream).sum());
            List<float[]> dense = new ArrayList<>();
            for (ParameterSpec spec : parameters.specs()) {
                dense.add(Objects.requireNonNull(leaves.get(spec.name()))
                        .getGradient()
                        .toFloatArray());
            }
            float[] byLinear = backbone.linear() ? linear.getGradient().toFloatArray() : new float[(int) linear.size()];
            return new Gradients(dense, new Slab(features.getGradient().toFloatArray()), new Slab(byLinear));
        }

        @Override
        public void close() {
            end(scope, collector);
        }
    }
}
