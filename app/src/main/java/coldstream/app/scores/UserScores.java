package coldstream.app.scores;

import coldstream.domain.ScoreTranscript;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one user's scores.
 *
 * @param positives of the user now; null where the store does not know the user
 * @param questions newest first
 * @param stored what the score store has now, highest score first; null while the store is away
 * @param transcript the last question to the chat model and its answer; null where none is kept
 */
record UserScores(
        String user,
        @Nullable Long positives,
        List<Question> questions,
        @Nullable List<Stored> stored,
        @Nullable ScoreTranscript transcript) {

    /** An item; the title is null where nobody announces it. */
    record Titled(String item, @Nullable String title) {}

    /**
     * A request, and what came of it.
     *
     * @param history what the model saw or would have seen, oldest first
     * @param answer null while there is none
     */
    record Question(
            String requestId,
            String reason,
            Instant requestedAt,
            long historyVersion,
            List<Titled> history,
            @Nullable Answer answer) {}

    /**
     * An answer.
     *
     * @param ageHours since it was given
     * @param positivesSince positives of the user since the question; null where the store does not know the user
     * @param hidden the item that was kept from the model, to measure it
     * @param scores in the order asked
     */
    record Answer(
            String model,
            String promptVersion,
            int permutations,
            Instant scoredAt,
            double ageHours,
            @Nullable Long positivesSince,
            @Nullable String hidden,
            List<Scored> scores,
            Pairs pairs) {}

    /** @param raw what the model gave, where the score is no longer that */
    record Scored(
            String item,
            @Nullable String title,
            double score,
            @Nullable Double raw) {}

    /**
     * What the trainer can make of an answer. It draws a few of these pairs for a step, again and again while it remembers the
     * answer; which ones is chance, and it keeps no list.
     *
     * @param possible pairs of the answer's items that the user has not taken since
     * @param ordered of them, those whose scores differ enough
     * @param leastGap after min-max within the answer
     * @param widest of those that are ordered, the {@value UserPairs#MOST} with the greatest gaps
     */
    record Pairs(long possible, long ordered, double leastGap, List<Pair> widest) {}

    /**
     * Two items of an answer.
     *
     * @param gap of their scores after min-max within the answer
     */
    record Pair(String better, String worse, double gap) {}

    /** A stored score. */
    record Stored(
            String item,
            @Nullable String title,
            double score,
            String requestId,
            String model,
            Instant scoredAt,
            double ageHours) {}
}
