package coldstream.model;

import java.util.List;

/** What a history's texts say, as of one moment: where a user's liking points, and at what single items. */
public final class Taste {

    /** Latest history items looked at. */
    public static final int ITEMS = 10;

    /** How much lighter each earlier history item is. */
    public static final double FADE = 0.85;

    private static final int LANES = 4;

    private final float[] direction;
    private final float offset;
    private final boolean known;
    private final float[][] near;
    private final float[] nearOffsets;

    /**
     * @param direction of length 1, or zeros
     * @param near the history items' centred texts, of length 1 each; none where they are not remembered
     * @param mean of all texts
     */
    Taste(float[] direction, List<float[]> near, float[] mean) {
        this.direction = direction;
        this.near = near.toArray(new float[0][]);
        offset = dot(direction, mean);
        boolean any = false;
        for (float value : direction) {
            any |= value != 0;
        }
        known = any;
        nearOffsets = new float[this.near.length];
        for (int k = 0; k < nearOffsets.length; k++) {
            nearOffsets[k] = dot(this.near[k], mean);
        }
    }

    /** Whether the history said anything. */
    public boolean known() {
        return known;
    }

    /** Cosine with an item's centred vector, in [−1, 1]; 0 where either is unknown. */
    public float cosine(CatalogueEntry entry) {
        return !known || entry.inverseNorm == 0 ? 0 : (dot(direction, entry.vector) - offset) * entry.inverseNorm;
    }

    /** {@link #cosine} of every item, by number. */
    float[] cosines(TextLanes texts) {
        return texts.largestCosines(new float[][] {direction}, new float[] {offset});
    }

    /** {@link #nearest} of every item, by number. */
    float[] nearest(TextLanes texts) {
        float[] nearest = texts.largestCosines(near, nearOffsets);
        for (int number = 0; number < nearest.length; number++) {
            nearest[number] = Math.max(-1, nearest[number]);
        }
        return nearest;
    }

    /** Largest cosine of a history item's text with the item's; 0 where nothing is known. */
    public float nearest(CatalogueEntry entry) {
        if (near.length == 0 || entry.inverseNorm == 0) {
            return 0;
        }
        float largest = -1;
        for (int k = 0; k < near.length; k++) {
            largest = Math.max(largest, (dot(near[k], entry.vector) - nearOffsets[k]) * entry.inverseNorm);
        }
        return largest;
    }

    /** Both; the second is 0 where single items are not remembered. */
    public Signal signal(CatalogueEntry entry) {
        return new Signal(cosine(entry), nearest(entry));
    }

    /** Adds up in four lanes, which processors do at once. */
    private static float dot(float[] a, float[] b) {
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int k = 0;
        for (; k + LANES <= a.length; k += LANES) {
            first += a[k] * b[k];
            second += a[k + 1] * b[k + 1];
            third += a[k + 2] * b[k + 2];
            fourth += a[k + 3] * b[k + 3];
        }
        for (; k < a.length; k++) {
            first += a[k] * b[k];
        }
        return first + second + (third + fourth);
    }
}
