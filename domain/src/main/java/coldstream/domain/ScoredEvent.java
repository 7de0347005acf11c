package coldstream.domain;

import static coldstream.domain.Check.check;

import java.util.List;

/**
 * The predictions made for one sample before anything was learnt from it.
 *
 * @param sample the sample
 * @param logit of the sample's own item
 * @param negatives sampled for a positive; empty where labels come with the data
 * @param scored whether the sample counts in the metrics: false during the warm-up, or where too few unseen items are
 *     left to compare a new item with
 * @param each how many items of the catalogue each negative stands for; 1 where none was drawn
 */
public record ScoredEvent(Sample sample, double logit, List<Negative> negatives, boolean scored, double each) {

    /** An item the user had not taken; {@code tail} as of the event. */
    public record Negative(ItemId item, double logit, boolean tail) {}

    public ScoredEvent {
        negatives = List.copyOf(negatives);
        check(each > 0, "a negative must stand for more than 0 items, got %s", each);
    }

    /** As drawn, each negative standing for itself. */
    public ScoredEvent(Sample sample, double logit, List<Negative> negatives, boolean scored) {
        this(sample, logit, negatives, scored, 1);
    }

    /** Whether nobody had taken the item before. */
    public boolean newItem() {
        return sample.itemCount() == 0;
    }
}
