package coldstream.scorer.model;

import static coldstream.domain.Check.check;

import coldstream.domain.ItemId;
import coldstream.domain.TextVector;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Text vectors of items less their common centre, D numbers each.
 *
 * <p>Texts of one catalogue share a direction that says nothing about any of them; without it cosines tell items apart
 * better. The centre is the mean of all vectors, taken anew whenever their number has doubled, which costs a constant a
 * vector over time. One thread writes, any number read.
 */
public final class VectorTable {

    /**
     * @param values vector less the centre (D)
     * @param inverseLength 1 / |values|, 0 where the length is 0
     */
    public record Centred(
            @SuppressWarnings("ArrayRecordComponent") float[] values, float inverseLength) {

        static Centred of(float[] values) {
            double squares = dot(values, values);
            return new Centred(values, squares == 0 ? 0 : (float) (1 / Math.sqrt(squares)));
        }
    }

    private final int dimension;
    private final float[] centre;
    private volatile Map<ItemId, Centred> vectors = new ConcurrentHashMap<>();
    private int centredAt;

    public VectorTable(int dimension) {
        this.dimension = dimension;
        this.centre = new float[dimension];
    }

    public int size() {
        return vectors.size();
    }

    public boolean contains(ItemId item) {
        return vectors.containsKey(item);
    }

    public synchronized void put(ItemId item, TextVector vector) {
        check(vector.dimension() == dimension, "a vector must have %d numbers, got %d", dimension, vector.dimension());
        float[] values = vector.toArray();
        for (int i = 0; i < dimension; i++) {
            values[i] -= centre[i];
        }
        vectors.put(item, Centred.of(values));
        if (vectors.size() >= 2 * centredAt && vectors.size() > 1) {
            recentre();
        }
    }

    public void remove(ItemId item) {
        vectors.remove(item);
    }

    /** The item's vector as it was put; nothing where it has none. Not while the centre is taken anew. */
    public synchronized Optional<TextVector> original(ItemId item) {
        Centred found = vectors.get(item);
        if (found == null) {
            return Optional.empty();
        }
        float[] values = found.values().clone();
        for (int i = 0; i < dimension; i++) {
            values[i] += centre[i];
        }
        return Optional.of(TextVector.of(values));
    }

    /** The cosine of two items' vectors; NaN where either has none. */
    public double cosine(ItemId one, ItemId other) {
        Centred first = vectors.get(one);
        Centred second = vectors.get(other);
        return first == null || second == null
                ? Double.NaN
                : dot(first.values(), second.values()) * first.inverseLength() * second.inverseLength();
    }

    /** The item's vector, or null where it has none. */
    public @Nullable Centred find(ItemId item) {
        return vectors.get(item);
    }

    /** Readers go on with the old table until the new one is whole: no request mixes two centres for long. */
    private void recentre() {
        double[] sum = new double[dimension];
        for (Centred vector : vectors.values()) {
            for (int i = 0; i < dimension; i++) {
                sum[i] += vector.values()[i];
            }
        }
        int count = vectors.size();
        float[] shift = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            shift[i] = (float) (sum[i] / count);
            centre[i] += shift[i];
        }
        Map<ItemId, Centred> moved = new ConcurrentHashMap<>(2 * count);
        vectors.forEach((item, vector) -> {
            float[] values = vector.values().clone();
            for (int i = 0; i < dimension; i++) {
                values[i] -= shift[i];
            }
            moved.put(item, Centred.of(values));
        });
        vectors = moved;
        centredAt = count;
    }

    /** ⟨a, b⟩. */
    public static double dot(float[] a, float[] b) {
        float even = 0;
        float odd = 0;
        int i = 0;
        for (; i + 1 < a.length; i += 2) {
            even += a[i] * b[i];
            odd += a[i + 1] * b[i + 1];
        }
        if (i < a.length) {
            even += a[i] * b[i];
        }
        return (double) even + odd;
    }
}
