package coldstream.domain;

import java.util.Collection;
import java.util.Map;

/**
 * What a language model thinks of items whoever asks: sums of how far their scores stood from the means of their lists, the
 * latest {@value #MEMORY} scores in full and older ones fading. Bounded.
 *
 * <p>Every method throws {@link StoreUnavailableException}, soon, when the store is away.
 */
public interface ItemPriorStore {

    /** Scores counted in full; from there on each new one takes 1 / MEMORY from what is known. */
    double MEMORY = 64;

    /**
     * What is known of an item.
     *
     * @param deviations sum of score less its list's mean, faded
     * @param count of those scores, faded alike
     */
    record Sum(double deviations, double count) {

        public static final Sum NONE = new Sum(0, 0);

        /** With one more score. */
        public Sum plus(double deviation) {
            double keep = count < MEMORY ? 1 : 1 - 1 / MEMORY;
            return new Sum(keep * deviations + deviation, keep * count + 1);
        }
    }

    /** What is known, of those of the items of which anything is. */
    Map<ItemId, Sum> find(Collection<ItemId> items);

    /** Adds one score each: by how much it stood above its list's mean. */
    void observe(Map<ItemId, Double> deviations);
}
