package coldstream.scorer.candidates;

import coldstream.domain.ItemId;

/** How close the texts of two items are. */
@FunctionalInterface
public interface Closeness {

    /** Nothing is known of any text. */
    Closeness UNKNOWN = (one, other) -> Double.NaN;

    /** The cosine of the two, in [−1, 1]; NaN where either is unknown. */
    double cosine(ItemId one, ItemId other);
}
