package coldstream.model;

/**
 * What a language model says of a user and an item: cosines of texts, or a score brought to their spread. Zeros where nothing
 * is known.
 *
 * @param taste how well the item's text fits the taste the history's texts show, in [−1, 1] for cosines
 * @param nearest cosine between the item's text and that of the history's nearest item, in [−1, 1]
 * @param profile cosine between the item's text and the user's taste profile, in [−1, 1]
 */
public record Signal(float taste, float nearest, float profile) {

    /** Nothing is known. */
    public static final Signal NONE = new Signal(0, 0);

    /** Of a user without a profile. */
    public Signal(float taste, float nearest) {
        this(taste, nearest, 0);
    }

    /** Where {@link Field#TEACHER} has rows along either number: every {@value #STEP} from {@value #LOWEST}. */
    public static final float LOWEST = -0.3f;

    public static final float STEP = 0.1f;

    /** Rows along either number, K. */
    public static final int KNOTS = 14;

    /** What a residual's shape is made of: the taste, and how far either number is beyond some marks. */
    public static final int PARTS = 6;

    /** The parts of a straight line. */
    public static final int LINE = 1;

    /** The part that is the profile's cosine; not among the {@link #PARTS}. */
    public static final int PROFILE = PARTS;

    private static final float[] TASTE_MARKS = {0.2f, 0.5f};
    private static final float[] NEAREST_MARKS = {0.2f, 0.5f, 0.8f};

    /** Where the taste's share of a residual may bend. */
    public static float[] tasteMarks() {
        return TASTE_MARKS.clone();
    }

    /** Where the nearest item's share begins and may bend. */
    public static float[] nearestMarks() {
        return NEAREST_MARKS.clone();
    }

    /** One of the {@link #PARTS}, or {@link #PROFILE}; 0 where nothing is known. */
    public double part(int k) {
        if (k == 0) {
            return taste;
        }
        if (k == PROFILE) {
            return profile;
        }
        return k <= TASTE_MARKS.length
                ? Math.max(0, taste - TASTE_MARKS[k - 1])
                : Math.max(0, nearest - NEAREST_MARKS[k - 1 - TASTE_MARKS.length]);
    }

    /** The same, and what the profile says. */
    public Signal withProfile(float cosine) {
        return new Signal(taste, nearest, cosine);
    }

    /** Whether the history said anything. */
    boolean known() {
        return taste != 0 || nearest != 0;
    }

    /** Where a number lies between the knots: the knot below plus the way to the next, in [0, K − 1]. */
    static float place(float value) {
        return Math.max(0, Math.min(KNOTS - 1, (value - LOWEST) / STEP));
    }
}
