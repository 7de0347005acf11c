package coldstream.domain;

import java.util.Map;

/** Soft scores by user, for a bounded time. Losing them only stops guidance. */
public interface ScoreStore {

    /** Keeps the scores of one answer; an older answer never replaces a newer one for the same item. */
    void put(SoftScores scores);

    /** The scores kept for the user, by item; empty when there are none. */
    Map<ItemId, StoredScore> find(UserId user);

    /** A score and where it came from. */
    record StoredScore(double score, String requestId, String model, java.time.Instant scoredAt) {}
}
