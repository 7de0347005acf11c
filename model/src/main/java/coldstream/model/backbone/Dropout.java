package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;

/** Silences hidden units at random, so that one network answers as many would (Gal and Ghahramani 2016). */
@FunctionalInterface
public interface Dropout {

    /** Silences nothing. */
    Dropout NONE = hidden -> hidden;

    /**
     * The hidden layer under M masks.
     *
     * @param hidden shape (N, H)
     * @return shape (M, N, H); (N, H) without masks
     */
    NDArray apply(NDArray hidden);
}
