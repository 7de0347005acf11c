package coldstream.domain;

import java.util.List;

/**
 * The predictions made for one sample before anything was learnt from it.
 *
 * @param sample the sample
 * @param logit of the sample's own item
 * @param negatives sampled for a positive; empty where labels come with the data
 * @param scored whether the sample counts in the metrics: false during the warm-up, or where too few unseen items are
 *     left to compare a new item with
 */
public record ScoredEvent(Sample sample, double logit, List<Negative> negatives, boolean scored) {

    /** An item the user had not taken; {@code tail} as of the event. */
    public record Negative(ItemId item, double logit, boolean tail) {}

    public ScoredEvent {
        negatives = List.copyOf(negatives);
    }

    /** Whether nobody had taken the item before. */
    public boolean newItem() {
        return sample.itemCount() == 0;
    }
}
