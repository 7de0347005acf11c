package coldstream.model.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;

/**
 * The latest items of the histories of S sides, and which side each of N rows belongs to: rows of one user at one moment
 * share a side.
 *
 * @param keys each item's own row and the mean row of its categories, shape (S, T, 2 d); zeros where there is no item
 * @param mask 1 where there is an item, 0 where there is none, shape (S, T); items come first
 * @param sides the side of a row, whole numbers, shape (N)
 * @param query the item to be scored, made as a key is, shape (N, 2 d)
 */
public record Sequence(NDArray keys, NDArray mask, NDArray sides, NDArray query) {

    /** Hands what was computed by side, shape (S, ...), to the rows: shape (N, ...). */
    NDArray toRows(NDArray bySide) {
        Shape shape = bySide.getShape();
        NDArray flat = bySide.reshape(shape.get(0), -1);
        NDArray rows = Embedding.embedding(sides, flat, SparseFormat.DENSE).singletonOrThrow();
        return rows.reshape(new Shape(sides.size()).addAll(shape.slice(1)));
    }
}
