package coldstream.scorer.profile;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.domain.ScoreRequest;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Profiles without a text: the mean of the history's item vectors, each {@value #FADE} times as heavy as the next.
 *
 * <pre>
 * v = Σₖ 0.85ᵏ v(k) / Σₖ 0.85ᵏ     k = 0 the newest item with a vector, as the encoder gave it
 * </pre>
 *
 * <p>Free, and nothing a process with the vectors could not compute itself.
 */
public final class MeanProfiles implements ProfileMaker {

    static final String PROMPT = "mean-v1";

    static final double FADE = 0.85;

    private final String encoder;
    private final Function<ItemId, Optional<TextVector>> vectors;
    private final InstantSource clock;

    /** @param vectors as the encoder gave them */
    public MeanProfiles(String encoder, Function<ItemId, Optional<TextVector>> vectors, InstantSource clock) {
        this.encoder = encoder;
        this.vectors = vectors;
        this.clock = clock;
    }

    @Override
    public int calls() {
        return 0;
    }

    @Override
    public Outcome make(ScoreRequest request, List<Item> history) {
        return mean(history.stream().map(Item::item).toList(), vectors)
                .<Outcome>map(vector -> new Made(
                        new TasteProfile(
                                request.user(),
                                "",
                                vector,
                                encoder,
                                encoder,
                                PROMPT,
                                request.historyVersion(),
                                request.historyMaxTime(),
                                clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                        Usage.NONE))
                .orElseGet(() -> new NotMade(true, "no item of the history has a vector yet", Usage.NONE));
    }

    /** v of a history, newest last; nothing if no item has a vector. */
    public static Optional<TextVector> mean(List<ItemId> history, Function<ItemId, Optional<TextVector>> vectors) {
        double[] sum = {};
        double weight = 1;
        double weights = 0;
        for (int k = history.size() - 1; k >= 0; k--) {
            Optional<TextVector> vector = vectors.apply(history.get(k));
            if (vector.isPresent()) {
                sum = sum.length == 0 ? new double[vector.get().dimension()] : sum;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += weight * vector.get().at(i);
                }
                weights += weight;
            }
            weight *= FADE;
        }
        if (weights == 0) {
            return Optional.empty();
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / weights);
        }
        return Optional.of(TextVector.of(mean));
    }
}
