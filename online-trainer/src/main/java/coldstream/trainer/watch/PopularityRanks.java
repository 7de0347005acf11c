package coldstream.trainer.watch;

import coldstream.domain.ItemId;

/**
 * How popular an item is among those taken of late, as a rank in [0, 1]: the share of them that were taken less. A positive counts
 * half after {@value #HALF_LIFE} further ones that are counted, and an item whose count has fallen below a quarter is forgotten;
 * so ranks keep their distribution however long a stream runs and however large its catalogue grows.
 *
 * <p>Counts grow instead of fading: the n-th positive adds 2<sup>n / half-life</sup>, which leaves their order the same. Items stand
 * in bins, eight to a doubling, within which they are taken to be evenly spread. A bin's items are forgotten together, so a
 * rank costs the sum of some bins, and memory does not grow. Of two items that fall into one place the one that is known stays
 * until it is forgotten.
 *
 * <p>An item is one number, since a place is looked up for every sample and is seldom in the cache: which item (26 bits beside its
 * place), a note (6), its count (32, a float's).
 */
final class PopularityRanks {

    /** Positives after which one counts half. */
    static final int HALF_LIFE = 1_024;

    /** Positives after which no item is known from before, so that ranks say something. */
    static final int WARM_UP = 2 * HALF_LIFE;

    /** Notes are from -1 up to this. */
    static final int LARGEST_NOTE = 62;

    private static final int PLACES = 1 << 13;
    private static final int WHICH = ~0 << 6;

    /** Bins of a doubling: the first bits behind a count's exponent. */
    private static final int EACH = 8;

    /** Bits of a count behind those. */
    private static final int BITS = 20;

    /** Bins below that of a single positive: two halvings. */
    private static final int BELOW = 2 * EACH;

    /** Enough for all positives on one item: log₂(half-life / ln 2) doublings. */
    private static final int BINS = BELOW + 12 * EACH;

    private static final double GROWTH = Math.pow(2, 1.0 / HALF_LIFE);
    private static final int LARGE = 100;

    private final long[] items = new long[PLACES];
    private final int[] bins = new int[BINS];

    /** What a positive adds now. */
    private double one = 1;

    /** Bin of the least count that is known. */
    private int lowest = bin(1) - BELOW;

    private int known;
    private long positives;

    /** Whether ranks say something yet. */
    boolean ready() {
        return positives >= WARM_UP;
    }

    /** Share of the known items that were taken less; 0 for an item that is not known. */
    double rank(ItemId item) {
        int hash = hash(item);
        long entry = items[place(hash)];
        int own = bin(count(entry)) - lowest;
        if (own < 0 || !isOf(entry, hash)) {
            return 0;
        }
        int less = 0;
        for (int bin = 0; bin < own; bin++) {
            less += bins[bin];
        }
        return (less + within(count(entry)) * bins[own]) / known;
    }

    /** What was noted of an item last; {@code unknown} for one that is not known. */
    int note(ItemId item, int unknown) {
        int hash = hash(item);
        long entry = items[place(hash)];
        return isOf(entry, hash) && bin(count(entry)) >= lowest ? ((int) (entry >>> 32) & ~WHICH) - 1 : unknown;
    }

    /**
     * Takes in a positive of an item.
     *
     * @param note of the item, -1 to {@value #LARGEST_NOTE}, kept until the next or while it is known
     */
    void took(ItemId item, int note) {
        int hash = hash(item);
        long entry = items[place(hash)];
        int bin = bin(count(entry)) - lowest;
        if (bin < 0) {
            known++;
            put(hash, note, (float) one);
        } else if (isOf(entry, hash)) {
            bins[bin]--;
            put(hash, note, count(entry) + (float) one);
        }
        positives++;
        grow();
    }

    private void put(int hash, int note, float count) {
        items[place(hash)] = ((long) ((hash & WHICH) | (note + 1)) << 32) | Float.floatToRawIntBits(count);
        bins[bin(count) - lowest]++;
    }

    /** From now on a positive adds a little more. */
    private void grow() {
        one *= GROWTH;
        while (bin((float) one) - BELOW > lowest) {
            lowest++;
            known -= bins[0];
            System.arraycopy(bins, 1, bins, 0, BINS - 1);
            bins[BINS - 1] = 0;
        }
        if (Math.getExponent(one) == LARGE) {
            one = Math.scalb(one, -LARGE);
            lowest -= LARGE * EACH;
            for (int place = 0; place < PLACES; place++) {
                float count = Math.scalb(count(items[place]), -LARGE);
                items[place] = (items[place] & ~0xffffffffL) | Float.floatToRawIntBits(count);
            }
        }
    }

    private static boolean isOf(long entry, int hash) {
        return ((int) (entry >>> 32) & WHICH) == (hash & WHICH);
    }

    private static float count(long entry) {
        return Float.intBitsToFloat((int) entry);
    }

    /** The bin of a count, of all there are. */
    private static int bin(float count) {
        return Float.floatToRawIntBits(count) >>> BITS;
    }

    /** How far above the beginning of its bin a count is, in [0, 1). */
    private static float within(float count) {
        return (Float.floatToRawIntBits(count) & (1 << BITS) - 1) * 0x1p-20f;
    }

    /** By the lowest bits: six of them are where an entry has its note, and need not be kept. */
    private static int place(int hash) {
        return hash & PLACES - 1;
    }

    private static int hash(ItemId item) {
        int hash = item.value().hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }
}
