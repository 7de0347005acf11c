package coldstream.model;

import ai.djl.ndarray.NDManager;

/** Tensors for tests of other packages, computed as the product computes them. */
public final class TensorScope {

    private TensorScope() {}

    /** A new scope; close it. */
    public static NDManager open() {
        return Compute.DEFAULT.engine().newBaseManager();
    }
}
