package coldstream.model;

import static coldstream.domain.Check.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import coldstream.model.backbone.Backbone;
import coldstream.model.backbone.Dropout;
import coldstream.model.backbone.Inputs;
import coldstream.model.backbone.ParameterSpec;
import coldstream.model.backbone.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Where PyTorch computes. Numbers go in as arrays and come out as arrays; every pass has a tensor scope of its own, closed
 * with it, so that no native memory outlives it.
 */
final class Network implements AutoCloseable {

    /**
     * A gradient now and then came out broken where another thread of the process computed beside it: a pass that can be followed
     * backwards has the engine to itself, all others share it. The holder may compute and begin further passes.
     */
    private static final ReentrantReadWriteLock ENGINE = new ReentrantReadWriteLock();

    /** The scored item's own row and its categories: what a history item's key is made of. */
    private static final String ITEM_AS_KEY = ":, %d:%d".formatted(Field.USER_FIELDS, Field.USER_FIELDS + 2);

    private final Backbone backbone;
    private final int fields;
    private final int dimension;
    private final NDManager manager;

    /** For what is followed backwards; apart, because a loss may ask for logits while its pass is open. */
    private final Workspace learning = new Workspace();

    private final Workspace asking = new Workspace();

    /** Memory of passes with parameters that were kept: one for each thread that asked at a time. */
    private final Queue<Workspace> asked = new ConcurrentLinkedQueue<>();

    /** Memory of dense parameters that were kept. */
    private final Queue<Workspace> spare = new ConcurrentLinkedQueue<>();

    /** By parameter, what the last pass found; the next one writes over it. */
    private final Map<String, float[]> gradients = new HashMap<>();

    Network(Backbone backbone, int fields, int dimension, Compute compute) {
        this.backbone = backbone;
        this.fields = fields;
        this.dimension = dimension;
        manager = compute.engine().newBaseManager(compute.tensors());
    }

    /** The logits of all rows: (N), or mask by mask (M, N) under M masks. */
    float[] logits(DenseParameters parameters, Pooled rows, Dropout dropout) {
        Compute.onThisThread();
        ENGINE.readLock().lock();
        try (NDManager scope = manager.newSubManager()) {
            return logits(tensors(scope, asking, parameters), inputs(scope, asking, rows, dropout, false))
                    .toFloatArray();
        } finally {
            ENGINE.readLock().unlock();
        }
    }

    /** Dense parameters as tensors that live until they, or the network, are closed. Any thread. */
    Kept keep(DenseParameters parameters) {
        Workspace memory = Objects.requireNonNullElseGet(spare.poll(), Workspace::new);
        NDManager scope = manager.newSubManager();
        return new Kept(tensors(scope, memory, parameters), scope, memory);
    }

    /** Dense parameters as of one moment. Closed, its memory is used again by the next. */
    final class Kept implements AutoCloseable {

        final Map<String, NDArray> tensors;
        private final NDManager scope;
        private final Workspace memory;

        private Kept(Map<String, NDArray> tensors, NDManager scope, Workspace memory) {
            this.tensors = tensors;
            this.scope = scope;
            this.memory = memory;
        }

        @Override
        public void close() {
            scope.close();
            spare.add(memory);
        }
    }

    /** As above, with parameters kept. Any thread. */
    float[] logits(Map<String, NDArray> kept, Pooled rows) {
        Compute.onThisThread();
        Workspace memory = Objects.requireNonNullElseGet(asked.poll(), Workspace::new);
        ENGINE.readLock().lock();
        try (NDManager scope = manager.newSubManager()) {
            return logits(kept, inputs(scope, memory, rows, Dropout.NONE, false))
                    .toFloatArray();
        } finally {
            ENGINE.readLock().unlock();
            asked.add(memory);
        }
    }

    private NDArray logits(Map<String, NDArray> tensors, Inputs inputs) {
        return backbone.logits(name -> Objects.requireNonNull(tensors.get(name), name), inputs);
    }

    /** What the backbone sees, as tensors; leaves of a gradient if {@code followed}. */
    private Inputs inputs(NDManager scope, Workspace space, Pooled rows, Dropout dropout, boolean followed) {
        NDArray features = space.tensor(scope, "features", rows.features, rows.rows(), fields, dimension);
        NDArray linear = space.tensor(scope, "linear", rows.linear, rows.rows(), fields);
        features.setRequiresGradient(followed);
        linear.setRequiresGradient(followed && backbone.linear());
        Optional<Sequence> sequence = backbone.sequence()
                ? Optional.of(sequence(scope, space, rows.histories, features, followed))
                : Optional.empty();
        return new Inputs(features, linear, sequence, dropout);
    }

    private Sequence sequence(
            NDManager scope, Workspace space, Pooled.Histories histories, NDArray features, boolean followed) {
        int places = histories.places;
        int sides = histories.mask.length / places;
        NDArray keys = space.tensor(scope, "keys", histories.keys, sides, places, 2L * dimension);
        keys.setRequiresGradient(followed);
        NDArray mask = space.tensor(scope, "mask", histories.mask, sides, places);
        NDArray item = features.get(ITEM_AS_KEY).reshape(histories.sides.length, 2L * dimension);
        return new Sequence(keys, mask, scope.create(histories.sides), item);
    }

    /**
     * Starts a pass that can be followed backwards; close it soon, on this thread: others wait for the engine.
     *
     * <p>The engine is told by its native calls to remember operations, which holds for this thread alone. Its gradient
     * collector would first look at every tensor of the process, also at those that other threads are just freeing.
     */
    Pass pass(DenseParameters parameters, Pooled rows) {
        Compute.onThisThread();
        ENGINE.writeLock().lock();
        NDManager scope = manager.newSubManager();
        boolean remembered = JniUtils.isGradMode();
        boolean started = false;
        try {
            JniUtils.setGradMode(true);
            Pass pass = new Pass(parameters, scope, remembered, rows);
            started = true;
            return pass;
        } finally {
            if (!started) {
                end(scope, remembered);
            }
        }
    }

    private void end(NDManager scope, boolean remembered) {
        try (scope) {
            JniUtils.setGradMode(remembered);
        } finally {
            ENGINE.writeLock().unlock();
        }
    }

    private static Map<String, NDArray> tensors(NDManager scope, Workspace space, DenseParameters parameters) {
        Map<String, NDArray> tensors = new HashMap<>();
        for (ParameterSpec spec : parameters.specs()) {
            long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
            tensors.put(spec.name(), space.tensor(scope, spec.name(), parameters.values(spec), shape));
        }
        return tensors;
    }

    @Override
    public void close() {
        manager.close();
    }

    /**
     * The gradient of a scalar; that by parameters is good until the next pass goes backwards.
     *
     * @param dense by parameter, in the order of its declaration
     * @param features number of the first field of the first row, in the fields that took them: (rows, F)
     * @param keys number of the first field of histories item by item, (S, T, 2); none where they are not looked at
     * @param fieldCount fields of a row, F
     */
    record Gradients(List<float[]> dense, int features, int keys, int fieldCount) {

        /** Number of a field of a row. */
        int field(int row, int field) {
            return features + row * fieldCount + field;
        }
    }

    /** One forward pass and, if wanted, the way back. */
    final class Pass implements AutoCloseable {

        private final DenseParameters parameters;
        private final NDManager scope;
        private final boolean remembered;
        private final Map<String, NDArray> leaves;
        private final Pooled rows;
        private final Inputs inputs;
        private final NDArray logits;

        /** @param remembered whether this thread's operations were remembered before */
        private Pass(DenseParameters parameters, NDManager scope, boolean remembered, Pooled rows) {
            this.parameters = parameters;
            this.scope = scope;
            this.remembered = remembered;
            this.rows = rows;
            leaves = tensors(scope, learning, parameters);
            leaves.values().forEach(leaf -> leaf.setRequiresGradient(true));
            inputs = inputs(scope, learning, rows, Dropout.NONE, true);
            logits = Network.this.logits(leaves, inputs);
        }

        float[] logits() {
            return logits.toFloatArray();
        }

        /**
         * The gradient of a scalar L, given dL/dlogit.
         *
         * @param fields takes the gradients of features and keys
         */
        Gradients backward(float[] byLogit, FieldGradients fields) {
            check(byLogit.length == logits.size(), "one gradient per logit is needed, got %d", byLogit.length);
            NDArray upstream = learning.tensor(scope, "by logit", byLogit, byLogit.length);
            JniUtils.backward((PtNDArray) logits, (PtNDArray) upstream, false, false);
            List<float[]> dense = new ArrayList<>();
            for (ParameterSpec spec : parameters.specs()) {
                float[] values = gradients.computeIfAbsent(spec.name(), name -> new float[spec.size()]);
                read(Objects.requireNonNull(leaves.get(spec.name())), values, 0, values.length);
                dense.add(values);
            }
            int first = fields.more(rows.size());
            read(inputs.features(), fields.factors, first * dimension, rows.size() * dimension);
            if (backbone.linear()) {
                read(inputs.linear(), fields.linear, first, rows.size());
            }
            int keys = inputs.sequence()
                    .map(sequence -> keys(sequence.keys(), fields))
                    .orElse(first);
            return new Gradients(dense, first, keys, Network.this.fields);
        }

        private int keys(NDArray keys, FieldGradients fields) {
            int size = rows.histories.keys.length;
            int first = fields.more(size / dimension);
            read(keys, fields.factors, first * dimension, size);
            return first;
        }

        private static void read(NDArray leaf, float[] into, int from, int size) {
            leaf.getGradient().toByteBuffer(true).asFloatBuffer().get(into, from, size);
        }

        @Override
        public void close() {
            end(scope, remembered);
        }
    }
}
