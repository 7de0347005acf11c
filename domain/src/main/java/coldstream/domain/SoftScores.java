package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A language model's answer to one {@link ScoreRequest}.
 *
 * @param scores one per candidate, in the order asked
 * @param hidden for an audit: the user's last item, hidden from the model and put among the candidates
 * @param model which language model answered
 * @param promptVersion how it was asked
 * @param permutations candidate orders averaged over
 * @param historyVersion of the request
 * @param historyMaxTime of the request: event time of its newest history item, the hidden one included
 * @param shown how many items the model saw, those before the hidden one, where the history was cut as if the user were
 *     cold: such scores judge the model and are no opinion of the user
 */
public record SoftScores(
        String requestId,
        UserId user,
        List<ItemScore> scores,
        Optional<ItemId> hidden,
        String model,
        String promptVersion,
        int permutations,
        Instant scoredAt,
        long historyVersion,
        Instant historyMaxTime,
        OptionalInt shown) {

    /** Of a history that was not cut. */
    public SoftScores(
            String requestId,
            UserId user,
            List<ItemScore> scores,
            Optional<ItemId> hidden,
            String model,
            String promptVersion,
            int permutations,
            Instant scoredAt,
            long historyVersion,
            Instant historyMaxTime) {
        this(
                requestId,
                user,
                scores,
                hidden,
                model,
                promptVersion,
                permutations,
                scoredAt,
                historyVersion,
                historyMaxTime,
                OptionalInt.empty());
    }

    /**
     * An item and how well it fits the user, in [0, 1]; comparable within one request only.
     *
     * @param raw what the model gave, where the score is no longer that: of another scale, or less what the item gets whoever
     *     asks
     */
    public record ItemScore(ItemId item, double score, OptionalDouble raw) {

        public ItemScore {
            check(score >= 0 && score <= 1, "score must be in [0, 1], got %s", score);
            check(raw.orElse(0) >= 0 && raw.orElse(0) <= 1, "raw score must be in [0, 1], got %s", raw.orElse(0));
        }

        /** As the model gave it. */
        public ItemScore(ItemId item, double score) {
            this(item, score, OptionalDouble.empty());
        }
    }

    public SoftScores {
        check(permutations >= 1, "permutations must be at least 1, got %d", permutations);
        check(shown.orElse(0) >= 0, "shown items must not be negative, got %s", shown);
        scores = List.copyOf(scores);
    }
}
