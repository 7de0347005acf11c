package coldstream.model;

import coldstream.model.backbone.ParameterSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The logits of a backbone with what depends on the item alone worked out before anybody asks. It says what the backbone says;
 * only the order of sums differs. Items lie in blocks of up to {@value Lanes#COUNT}: a row of a block has one number of each, side by
 * side, in {@link Lanes}. An item's logit depends on no other item, bit for bit.
 */
interface Split {

    /** Rows of a block. */
    int rows();

    /** Puts an item's fields (3 d) and their linear weights (3) into a lane of a block; {@link #prepare} must follow. */
    void put(float[] fields, float[] linear, float[][] block, int lane);

    /** Works out the rest of the first lanes of a block: of each row what the rows that were put give it. */
    void prepare(float[][] block, int lanes);

    /** A user, whose part is worked out now. */
    Asking asking(Pooled side);

    /** One user's logits. One thread. */
    interface Asking {

        /** Those of a block's first lanes. */
        void logits(float[][] block, float[] into, int lanes);
    }

    /** Dense parameters by name, copied. */
    final class Values {

        private final Map<String, float[]> values = new HashMap<>();

        Values(DenseParameters parameters) {
            for (ParameterSpec spec : parameters.specs()) {
                values.put(spec.name(), parameters.values(spec).clone());
            }
        }

        float[] of(String name) {
            return Objects.requireNonNull(values.get(name), name);
        }
    }

    /** That of a model, if its backbone can be split so: no field may depend on user and item. */
    static Optional<Split> of(DenseParameters parameters, ModelConfig config) {
        if (config.teacherField()) {
            return Optional.empty();
        }
        int dimension = config.dimension();
        return switch (config.backbone()) {
            case "dcnv2" -> Optional.of(new SplitDcnV2(new Values(parameters), dimension));
            case "dcnv1" -> Optional.of(new SplitDcnV1(new Values(parameters), dimension));
            case "dcnv2-mix" -> Optional.of(new SplitDcnMix(new Values(parameters), dimension));
            case "mf" -> Optional.of(new SplitMf(new Values(parameters), dimension));
            case "deepfm" -> Optional.of(new SplitDeepFm(new Values(parameters), dimension));
            default -> Optional.empty();
        };
    }

    /** A block with room for so many items. */
    default float[][] emptyBlock(int lanes) {
        return new float[rows()][lanes];
    }

    /** Copies a lane, prepared, from one block to another. */
    default void copy(float[][] from, int fromLane, float[][] to, int toLane) {
        for (int row = 0; row < to.length; row++) {
            to[row][toLane] = from[row][fromLane];
        }
    }

    /** Of a row of a matrix, which begins at {@code from}, and x. */
    static float dot(float[] matrix, int from, float[] x) {
        float sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += matrix[from + k] * x[k];
        }
        return sum;
    }
}
