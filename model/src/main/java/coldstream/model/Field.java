package coldstream.model;

/**
 * The features of a user and an item, in the order backbones see them. The user's four come first, then the item's, of
 * which the first two are what a history item's key is made of.
 */
public enum Field {
    /** The user's row. */
    USER,
    /** Mean row of the latest history items. */
    HISTORY,
    /** Mean of those items' mean category rows. */
    HISTORY_CATEGORIES,
    /** Row of the bucket the user's count falls in, and of the bucket of its share of likes once it refused something. */
    USER_COUNT,
    /** The item's row. */
    ITEM,
    /** Mean row of the item's categories. */
    ITEM_CATEGORIES,
    /** Row of the bucket the item's count falls in. */
    ITEM_COUNT,
    /** What a language model says of the user and the item, see {@link Signal}; a model need not have it. */
    TEACHER;

    /** Fields every model has; {@link Features#fields} counts all of a model's, F. */
    static final int COUNT = values().length - 1;

    /** Fields that depend on the user alone. */
    static final int USER_FIELDS = 4;

    /** Fields that depend on the item alone. */
    static final int ITEM_FIELDS = COUNT - USER_FIELDS;

    /** Buckets of a user's count. */
    public static final int USER_BUCKETS = 24;

    /** Buckets of a user's share of likes: {@link #LIKE_LEVELS} for each of three amounts of evidence. */
    static final int LIKE_BUCKETS = 48;

    /** Levels of a share of likes. */
    public static final int LIKE_LEVELS = 16;

    /** Buckets of an item's count. */
    static final int ITEM_BUCKETS = 32;

    /** Buckets of an item's recent count. */
    static final int RECENT_BUCKETS = 32;

    private static final double LN_2 = StrictMath.log(2);

    /** ⌊2 log₂(1 + 8 r)⌋, at most {@link #RECENT_BUCKETS} − 1, of a recent count r. */
    static int recentBucket(double recent) {
        return Math.min(RECENT_BUCKETS - 1, (int) (2 * StrictMath.log1p(8 * recent) / LN_2));
    }

    /**
     * Level ⌊16 (p + 1) / (p + n + 2)⌋ of a user with p positives and n > 0 negatives, among those with fewer than 5 events,
     * fewer than 20, or more.
     */
    static int likeBucket(long positives, long negatives) {
        double share = (positives + 1.0) / (positives + negatives + 2.0);
        long events = positives + negatives;
        int evidence = events < 5 ? 0 : events < 20 ? 1 : 2;
        return evidence * LIKE_LEVELS + Math.min(LIKE_LEVELS - 1, (int) (LIKE_LEVELS * share));
    }

    /** ⌊2 log₂(1 + n)⌋, at most {@code buckets} − 1: two buckets for each doubling. */
    static int bucket(long n, int buckets) {
        long m = Math.min(n, 1L << 30) + 1;
        return Math.min(63 - Long.numberOfLeadingZeros(m * m), buckets - 1);
    }
}
