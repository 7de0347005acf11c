package coldstream.model;

import coldstream.domain.ItemVector;
import java.util.List;

/**
 * The catalogue's text vectors, centred: x = (v − μ) / |v − μ|, with μ the mean vector. Raw text vectors share one large
 * direction; without it their cosines spread.
 *
 * <p>μ is taken anew whenever the number of vectors reaches a power of two, so that its cost per vector is constant and it
 * depends on the order of arrival alone.
 */
public final class TextSpace {

    private static final float SMALLEST = 1e-6f;

    private final Catalogue catalogue;
    private String encoder = "";
    private double[] sum = {};
    private float[] mean = {};
    private int vectors;
    private int nextMean = 1;

    TextSpace(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Remembers an item's vector. The first encoder seen stays: vectors of another are not comparable and are refused.
     *
     * @return whether it was taken
     */
    boolean put(CatalogueEntry entry, ItemVector vector) {
        float[] values = unit(vector.vector().toArray());
        if (vectors == 0 && sum.length == 0) {
            encoder = vector.encoder();
            sum = new double[values.length];
            mean = new float[values.length];
        }
        if (!encoder.equals(vector.encoder()) || values.length != sum.length) {
            return false;
        }
        if (entry.vector.length == 0) {
            vectors++;
        } else {
            add(entry.vector, -1);
        }
        add(values, 1);
        entry.vector = values;
        if (vectors >= nextMean) {
            centre();
        } else {
            entry.inverseNorm = inverseNorm(values);
        }
        return true;
    }

    private void add(float[] values, int sign) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += sign * (double) values[k];
        }
    }

    private void centre() {
        nextMean = 2 * Integer.highestOneBit(vectors);
        for (int k = 0; k < sum.length; k++) {
            mean[k] = (float) (sum[k] / vectors);
        }
        for (CatalogueEntry entry : catalogue.entries()) {
            if (entry.vector.length > 0) {
                entry.inverseNorm = inverseNorm(entry.vector);
            }
        }
    }

    private float inverseNorm(float[] values) {
        double square = 0;
        for (int k = 0; k < values.length; k++) {
            double difference = values[k] - mean[k];
            square += difference * difference;
        }
        double norm = Math.sqrt(square);
        return norm < SMALLEST ? 0 : (float) (1 / norm);
    }

    private static float[] unit(float[] values) {
        double square = 0;
        for (float value : values) {
            square += (double) value * value;
        }
        double norm = Math.sqrt(square);
        for (int k = 0; k < values.length && norm > SMALLEST; k++) {
            values[k] = (float) (values[k] / norm);
        }
        return values;
    }

    /** The language model whose vectors these are; empty before the first. */
    public String encoder() {
        return encoder;
    }

    public int dimension() {
        return sum.length;
    }

    /** Writes the item's x; zeros without a vector. */
    void centred(CatalogueEntry entry, float[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = entry.inverseNorm == 0 ? 0 : (entry.vector[k] - mean[k]) * entry.inverseNorm;
        }
    }

    /**
     * What a history says of taste: the mean of its latest {@link Taste#ITEMS} items' x, each {@value Taste#FADE} times as
     * heavy as the next, scaled to length 1.
     *
     * @param history newest last
     */
    public Taste taste(List<CatalogueEntry> history) {
        float[] direction = new float[sum.length];
        double weight = 1;
        for (int k = history.size() - 1; k >= 0 && k >= history.size() - Taste.ITEMS; k--) {
            CatalogueEntry entry = history.get(k);
            float scale = (float) (weight * entry.inverseNorm);
            if (scale != 0) {
                for (int j = 0; j < direction.length; j++) {
                    direction[j] += scale * (entry.vector[j] - mean[j]);
                }
            }
            weight *= Taste.FADE;
        }
        unit(direction);
        return new Taste(direction, mean);
    }

    Saved save() {
        return new Saved(encoder, sum.clone(), mean.clone(), vectors, nextMean);
    }

    void restore(Saved saved) {
        encoder = saved.encoder;
        sum = saved.sum;
        mean = saved.mean;
        vectors = saved.vectors;
        nextMean = saved.nextMean;
        for (CatalogueEntry entry : catalogue.entries()) {
            if (entry.vector.length > 0) {
                entry.inverseNorm = inverseNorm(entry.vector);
            }
        }
    }

    /** The state besides the vectors themselves. */
    static final class Saved {
        final String encoder;
        final double[] sum;
        final float[] mean;
        final int vectors;
        final int nextMean;

        Saved(String encoder, double[] sum, float[] mean, int vectors, int nextMean) {
            this.encoder = encoder;
            this.sum = sum;
            this.mean = mean;
            this.vectors = vectors;
            this.nextMean = nextMean;
        }
    }
}
