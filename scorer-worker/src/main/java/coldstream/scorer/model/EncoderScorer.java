package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores by closeness of text: the cosine between a candidate and the user's taste.
 *
 * <pre>
 * taste t = Σₖ 0.85ᵏ · v(k) / |v(k)|     over the history, k = 0 the newest, v less the catalogue's centre
 * cosine  = ⟨t, v(candidate)⟩ / (|t| |v(candidate)|)
 * score   = (cosine − least) / (greatest − least)     over the request's candidates; ½ where all are equal
 * </pre>
 *
 * <p>Deterministic, free, and a few microseconds: the vectors are there before anybody asks.
 */
public final class EncoderScorer implements LanguageModelScorer {

    private static final double DECAY = 0.85;
    private static final String PROMPT = "cosine-v1";

    private final String model;
    private final Source source;
    private final int dimension;
    private final VectorTable vectors;

    /**
     * @param model the encoder the vectors come from
     * @param vectors may be filled while this scores
     */
    public EncoderScorer(String model, int dimension, VectorTable vectors) {
        this.model = model;
        this.source = new Source(model, PROMPT, 1);
        this.dimension = dimension;
        this.vectors = vectors;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public String promptVersion() {
        return PROMPT;
    }

    @Override
    public Outcome score(List<Item> history, List<Item> candidates) {
        float[] taste = new float[dimension];
        int read = addHistory(taste, history);
        if (read == 0) {
            return new TryAgain(Fault.NOT_READY, "no item of the history has a vector yet");
        }
        double length = Math.sqrt(VectorTable.dot(taste, taste));
        List<Double> cosines = new ArrayList<>(candidates.size());
        for (Item candidate : candidates) {
            VectorTable.Centred vector = vectors.find(candidate.item());
            if (vector == null) {
                cosines.add(Double.NaN);
            } else {
                double scale = length == 0 ? 0 : vector.inverseLength() / length;
                cosines.add(VectorTable.dot(taste, vector.values()) * scale);
            }
        }
        return new Scored(stretch(cosines), source, Usage.NONE);
    }

    /** Adds the history's vectors to {@code taste} (D) and says how many there were. */
    private int addHistory(float[] taste, List<Item> history) {
        double weight = 1;
        int read = 0;
        for (int k = history.size() - 1; k >= 0; k--) {
            VectorTable.Centred vector = vectors.find(history.get(k).item());
            if (vector != null) {
                float[] values = vector.values();
                float scale = (float) (weight * vector.inverseLength());
                for (int i = 0; i < taste.length; i++) {
                    taste[i] += scale * values[i];
                }
                read++;
            }
            weight *= DECAY;
        }
        return read;
    }

    /** Min-max over the numbers that are numbers. */
    private static List<Double> stretch(List<Double> cosines) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double cosine : cosines) {
            if (!Double.isNaN(cosine)) {
                least = Math.min(least, cosine);
                greatest = Math.max(greatest, cosine);
            }
        }
        boolean flat = !(least < greatest);
        List<Double> scores = new ArrayList<>(cosines.size());
        for (double cosine : cosines) {
            scores.add(flat && !Double.isNaN(cosine) ? 0.5 : (cosine - least) / (greatest - least));
        }
        return scores;
    }
}
