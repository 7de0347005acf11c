package coldstream.model;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreStore.StoredScore;
import coldstream.domain.UserContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What another language model's newest answer says of a user's items, in place of the taste: as the learner has it, so that
 * what is served is what was measured.
 */
final class StoredSignal {

    private StoredSignal() {}

    /** By item; nothing where there is no answer that may speak, or where it says the same of every item. */
    static Map<ItemId, Float> of(UserContext user, Trust.OfScores trust, String encoder) {
        long count = user.known().count();
        Optional<StoredScore> newest = user.scores().values().stream()
                .max(Comparator.comparingLong(StoredScore::historyVersion)
                        .thenComparing(StoredScore::scoredAt)
                        .thenComparing(StoredScore::requestId))
                .filter(score -> trust.speaks(score.historyVersion(), count))
                .filter(score -> !score.model().equals(encoder));
        return newest.map(score -> of(user, trust, score)).orElse(Map.of());
    }

    private static Map<ItemId, Float> of(UserContext user, Trust.OfScores trust, StoredScore newest) {
        Map<ItemId, Double> answer = new HashMap<>();
        user.scores().forEach((item, score) -> {
            if (score.requestId().equals(newest.requestId()) && !score.hidden()) {
                answer.put(item, score.score());
            }
        });
        double mean = 0;
        double square = 0;
        for (double score : answer.values()) {
            mean += score / answer.size();
        }
        for (double score : answer.values()) {
            square += (score - mean) * (score - mean) / answer.size();
        }
        Map<ItemId, Float> signals = new HashMap<>();
        double deviation = Math.sqrt(square);
        double middle = mean;
        if (square > 0) {
            answer.forEach((item, score) -> signals.put(item, (float) ((score - middle) / deviation * trust.spread())));
        }
        return signals;
    }
}
