package coldstream.scorer.candidates;

import coldstream.domain.ItemId;
import java.util.Arrays;
import java.util.Map;

/**
 * What candidates are drawn from: the readable items, and how popular they are. Immutable.
 *
 * <p>{@code known} holds the numbers of the items with a known count, most popular first; the popular pool is its head. An
 * item is in the tail when its count is unknown (popularity is bounded to the top), or among the lowest fifth of the known.
 */
public final class Shelf {

    private static final double TAIL_SHARE = 0.2;

    private final ItemIndex index;
    private final int[] known;
    /** Position in {@code known} by item number, −1 where the count is unknown. */
    private final int[] rank;

    private final int tailFrom;

    private Shelf(ItemIndex index, int[] known, int[] rank) {
        this.index = index;
        this.known = known;
        this.rank = rank;
        this.tailFrom = (int) Math.floor(known.length * (1 - TAIL_SHARE));
    }

    /**
     * A shelf of these items.
     *
     * @param popularity counts, most popular first, as a {@link coldstream.domain.PopularityStore} gives them
     */
    public static Shelf of(ItemIndex index, Map<ItemId, Long> popularity) {
        int[] known = popularity.keySet().stream()
                .mapToInt(index::number)
                .filter(number -> number >= 0)
                .toArray();
        int[] rank = new int[index.size()];
        Arrays.fill(rank, -1);
        for (int position = 0; position < known.length; position++) {
            rank[known[position]] = position;
        }
        return new Shelf(index, known, rank);
    }

    public ItemIndex index() {
        return index;
    }

    int knownCount() {
        return known.length;
    }

    /** The number of the item at this position of popularity. */
    int known(int position) {
        return known[position];
    }

    /** The item's position of popularity, or −1. */
    int rank(int number) {
        return rank[number];
    }

    boolean tail(int number) {
        return rank[number] < 0 || rank[number] >= tailFrom;
    }
}
