package coldstream.domain;

import java.util.List;
import java.util.Map;

/**
 * Soft scores by user, for a bounded time. Losing them only stops guidance.
 *
 * <p>Every method throws {@link StoreUnavailableException}, soon, when the store is away.
 */
public interface ScoreStore {

    /**
     * Keeps the scores of one answer; an older answer never replaces a newer one for the same item. Of a history that was cut
     * ({@link SoftScores#shown}) nothing is kept.
     */
    default void put(SoftScores scores) {
        putAll(List.of(scores));
    }

    /** As {@link #put} for each, in one round trip where the store can. */
    void putAll(List<SoftScores> answers);

    /** The scores kept for the user, by item; empty when there are none. */
    Map<ItemId, StoredScore> find(UserId user);

    /**
     * A score and where it came from.
     *
     * @param historyVersion of the request: positives of the user when it was made; −1 where that was not kept
     * @param hidden whether it is of the item an audit hid, which is no opinion
     */
    record StoredScore(
            double score,
            String requestId,
            String model,
            java.time.Instant scoredAt,
            long historyVersion,
            boolean hidden) {}
}
