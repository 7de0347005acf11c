package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What a backbone sees of N rows.
 *
 * @param features x0, shape (N, F, d)
 * @param linear pooled linear weights, shape (N, F); zeros unless {@link Backbone#linear}
 * @param sequence there for backbones that ask by {@link Backbone#sequence}
 * @param dropout what each backbone applies to its first hidden layer
 */
public record Inputs(NDArray features, NDArray linear, Optional<Sequence> sequence, Dropout dropout) {

    /** Rows, N. */
    long rows() {
        return features.getShape().get(0);
    }

    /** Fields times factors, F d. */
    long width() {
        return features.getShape().get(1) * features.getShape().get(2);
    }

    /** x0 with its fields side by side, shape (N, F d). */
    NDArray flat() {
        return features.reshape(rows(), width());
    }
}
