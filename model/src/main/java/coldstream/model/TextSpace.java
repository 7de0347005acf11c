package coldstream.model;

import coldstream.domain.ItemVector;
import coldstream.domain.TextVector;
import java.util.ArrayList;
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

    /** Texts needed for each number of a row before principal directions mean anything. */
    private static final int TEXTS_PER_AXIS = 4;

    /** Texts looked at: enough for the leading directions, few enough to be quick however large the catalogue. */
    private static final int MOST_TEXTS = 4096;

    private final Catalogue catalogue;
    private final ModelConfig config;
    private String encoder = "";
    private double[] sum = {};
    private float[] mean = {};
    private int vectors;
    private int nextMean = 1;

    /** How rows start from x; empty before there are texts enough. */
    private float[] startMap = {};

    /** Whether mean or start map changed since somebody asked. */
    private boolean moved;

    /** @param config decides whether and how wide rows start from text */
    TextSpace(Catalogue catalogue, ModelConfig config) {
        this.catalogue = catalogue;
        this.config = config;
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
        moved = true;
        for (int k = 0; k < sum.length; k++) {
            mean[k] = (float) (sum[k] / vectors);
        }
        for (CatalogueEntry entry : catalogue.entries()) {
            if (entry.vector.length > 0) {
                entry.inverseNorm = inverseNorm(entry.vector);
            }
        }
        if (config.textStart()) {
            fitStarts();
        }
    }

    private void fitStarts() {
        int d = config.dimension();
        List<CatalogueEntry> known = catalogue.entries().stream()
                .filter(entry -> entry.inverseNorm != 0)
                .toList();
        int stride = (known.size() + MOST_TEXTS - 1) / MOST_TEXTS;
        List<float[]> texts = new ArrayList<>();
        for (int k = 0; k < known.size(); k += stride) {
            texts.add(centred(known.get(k)));
        }
        float[] random = new float[sum.length * d];
        Draws.of(config.seed(), "projection").normal(random, 0, random.length, 1 / Math.sqrt(d));
        boolean enough = d <= sum.length && texts.size() >= TEXTS_PER_AXIS * d;
        startMap = enough ? TextAxes.fit(texts, random, d) : random;
    }

    /** y = Mᵀx scaled to length √d: what an item's row starts as, before the scale of rows. Zeros without a vector. */
    void start(CatalogueEntry entry, float[] into, int from) {
        int d = config.dimension();
        float[] x = centred(entry);
        float[] y = new float[d];
        for (int k = 0; k < x.length; k++) {
            for (int j = 0; j < d; j++) {
                y[j] += x[k] * startMap[k * d + j];
            }
        }
        unit(y);
        for (int j = 0; j < d; j++) {
            into[from + j] = (float) (y[j] * Math.sqrt(d) * config.textScale());
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

    /** μ, copied. */
    float[] mean() {
        return mean.clone();
    }

    /** How rows start from x; another array whenever this or the mean changes. */
    float[] startMap() {
        return startMap;
    }

    /** The language model whose vectors these are; empty before the first. */
    public String encoder() {
        return encoder;
    }

    public int dimension() {
        return sum.length;
    }

    /** The item's x; zeros without a vector. */
    float[] centred(CatalogueEntry entry) {
        float[] x = new float[sum.length];
        for (int k = 0; k < x.length && entry.inverseNorm != 0; k++) {
            x[k] = (entry.vector[k] - mean[k]) * entry.inverseNorm;
        }
        return x;
    }

    /**
     * What a history says of taste: the mean of its latest {@link Taste#ITEMS} items' x, each {@value Taste#FADE} times as
     * heavy as the next, scaled to length 1.
     *
     * @param history newest last
     * @param near whether single items are remembered too, for {@link Taste#nearest}
     */
    public Taste taste(List<CatalogueEntry> history, boolean near) {
        float[] direction = new float[sum.length];
        List<float[]> items = new ArrayList<>();
        double weight = 1;
        for (int k = history.size() - 1; k >= 0 && k >= history.size() - Taste.ITEMS; k--) {
            CatalogueEntry entry = history.get(k);
            float scale = (float) (weight * entry.inverseNorm);
            if (scale != 0) {
                if (near) {
                    items.add(centred(entry));
                }
                for (int j = 0; j < direction.length; j++) {
                    direction[j] += scale * (entry.vector[j] - mean[j]);
                }
            }
            weight *= Taste.FADE;
        }
        unit(direction);
        return new Taste(direction, items, mean);
    }

    /** This space as of now, over a fork of the catalogue; its arrays are not written to again. */
    TextSpace fork(Catalogue forked) {
        TextSpace fork = new TextSpace(forked, config);
        fork.encoder = encoder;
        fork.sum = sum;
        fork.mean = mean;
        fork.vectors = vectors;
        fork.nextMean = nextMean;
        fork.startMap = startMap;
        return fork;
    }

    /** From now on notes whether mean or start map change. */
    void track() {
        moved = false;
    }

    /** Whether mean or start map changed since last asked. */
    boolean takeMoved() {
        boolean was = moved;
        moved = false;
        return was;
    }

    /** As if mean and start map had changed. */
    void moveAgain() {
        moved = true;
    }

    /** Takes over how another space, of the same catalogue, sees texts. Entries are replaced, not changed. */
    void follow(String newEncoder, float[] newMean, float[] newStartMap) {
        encoder = newEncoder;
        sum = new double[newMean.length];
        mean = newMean;
        startMap = newStartMap;
        for (int number = 0; number < catalogue.size(); number++) {
            if (catalogue.get(number).vector.length > 0) {
                CatalogueEntry entry = catalogue.own(number);
                entry.inverseNorm = inverseNorm(entry.vector);
            }
        }
    }

    /** Takes over a vector of length 1. */
    void follow(CatalogueEntry own, float[] vector) {
        own.vector = vector;
        own.inverseNorm = vector.length == mean.length ? inverseNorm(vector) : 0;
    }

    /**
     * What a profile says of taste: the direction of its vector less the mean. Nothing where it belongs to another encoder.
     *
     * @param vector comparable with the items' vectors as they came: of length 1, or a mean of such
     */
    public Taste profile(String profileEncoder, TextVector vector) {
        float[] direction = new float[sum.length];
        if (encoder.equals(profileEncoder) && vector.dimension() == sum.length) {
            for (int k = 0; k < direction.length; k++) {
                direction[k] = vector.at(k) - mean[k];
            }
            unit(direction);
        }
        return new Taste(direction, List.of(), mean);
    }

    Saved save() {
        return new Saved(encoder, sum.clone(), mean.clone(), vectors, nextMean, startMap);
    }

    void restore(Saved saved) {
        encoder = saved.encoder;
        sum = saved.sum;
        mean = saved.mean;
        vectors = saved.vectors;
        nextMean = saved.nextMean;
        startMap = saved.startMap;
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
        final float[] startMap;

        Saved(String encoder, double[] sum, float[] mean, int vectors, int nextMean, float[] startMap) {
            this.encoder = encoder;
            this.sum = sum;
            this.mean = mean;
            this.vectors = vectors;
            this.nextMean = nextMean;
            this.startMap = startMap;
        }
    }
}
