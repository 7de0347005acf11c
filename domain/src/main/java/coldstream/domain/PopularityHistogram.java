package coldstream.domain;

import static coldstream.domain.Check.check;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many items have been taken how often: an exact, deletable sketch of a catalogue's popularity.
 *
 * <p>Moving one item from count c to c + 1 touches two cells. The number of cells is the number of distinct counts, which
 * grows with the square root of the events at most, so quantiles stay cheap however large the catalogue is.
 */
public final class PopularityHistogram {

    private final TreeMap<Long, Long> itemsByCount;
    private long active;

    public PopularityHistogram() {
        this(Map.of());
    }

    /** Continues from {@link #cells()}. */
    public PopularityHistogram(Map<Long, Long> cells) {
        itemsByCount = new TreeMap<>(cells);
        active = cells.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Notes that an item taken {@code before} times was taken once more. */
    public void increment(long before) {
        check(before >= 0, "count must not be negative, got %d", before);
        if (before == 0) {
            active++;
        } else {
            long items = itemsByCount.getOrDefault(before, 0L);
            check(items > 0, "no item has been taken %d times", before);
            if (items == 1) {
                itemsByCount.remove(before);
            } else {
                itemsByCount.put(before, items - 1);
            }
        }
        itemsByCount.merge(before + 1, 1L, Long::sum);
    }

    /** Items taken at least once. */
    public long active() {
        return active;
    }

    /**
     * The smallest count c such that at least {@code share} of the active items were taken at most c times; 0 when no
     * item is active. An item with 1 ≤ count ≤ c is in the tail.
     *
     * @param share in (0, 1]
     */
    public long tailThreshold(double share) {
        check(share > 0 && share <= 1, "share must be in (0, 1], got %s", share);
        double wanted = share * active;
        long items = 0;
        for (Map.Entry<Long, Long> cell : itemsByCount.entrySet()) {
            items += cell.getValue();
            if (items >= wanted) {
                return cell.getKey();
            }
        }
        return 0;
    }

    /** A copy of the cells: count → items taken that often. */
    public Map<Long, Long> cells() {
        return Map.copyOf(itemsByCount);
    }
}
