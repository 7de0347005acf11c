package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
        Instant historyMaxTime) {

    /** An item and how well it fits the user, in [0, 1]; comparable within one request only. */
    public record ItemScore(ItemId item, double score) {

        public ItemScore {
            check(score >= 0 && score <= 1, "score must be in [0, 1], got %s", score);
        }
    }

    public SoftScores {
        check(permutations >= 1, "permutations must be at least 1, got %d", permutations);
        scores = List.copyOf(scores);
    }
}
