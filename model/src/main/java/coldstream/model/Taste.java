package coldstream.model;

/** A direction in the text space, as of one moment: where a user's liking points. */
public final class Taste {

    /** Latest history items looked at. */
    public static final int ITEMS = 10;

    /** How much lighter each earlier history item is. */
    static final double FADE = 0.85;

    private final float[] direction;
    private final float offset;
    private final boolean known;

    Taste(float[] direction, float[] mean) {
        this.direction = direction;
        float dot = 0;
        boolean any = false;
        for (int k = 0; k < direction.length; k++) {
            dot += direction[k] * mean[k];
            any |= direction[k] != 0;
        }
        offset = dot;
        known = any;
    }

    /** Whether the history said anything. */
    public boolean known() {
        return known;
    }

    /** Cosine with an item's centred vector, in [−1, 1]; 0 where either is unknown. */
    public float cosine(CatalogueEntry entry) {
        if (!known || entry.inverseNorm == 0) {
            return 0;
        }
        float dot = 0;
        for (int k = 0; k < direction.length; k++) {
            dot += direction[k] * entry.vector[k];
        }
        return (dot - offset) * entry.inverseNorm;
    }
}
