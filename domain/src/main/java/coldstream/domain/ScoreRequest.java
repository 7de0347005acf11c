package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Instant;
import java.util.List;

/**
 * Asks a language model which items a user may like.
 *
 * @param requestId unique; names the scores that answer it
 * @param history the user's latest positives, newest last, at most 10
 * @param hints items the answer should cover, such as the tail item that triggered the request
 * @param historyVersion positives of the user when asked; scores age with it
 * @param historyMaxTime event time of the newest history item: no score may serve an event before it
 * @param requestedAt when ingest asked
 */
public record ScoreRequest(
        String requestId,
        UserId user,
        List<ItemId> history,
        Reason reason,
        List<ItemId> hints,
        long historyVersion,
        Instant historyMaxTime,
        Instant requestedAt) {

    /** Most history items a request carries. */
    public static final int MAX_HISTORY = 10;

    /** Why clicks cannot help yet, or what is to be measured. */
    public enum Reason {
        /** The user's history is short. */
        COLD_USER,
        /** The item is in the bottom tenth of popularity, or new. */
        TAIL_ITEM,
        /** A probe at a set rate, to measure the language model where it is not otherwise asked. */
        AUDIT,
        /** Earlier scores no longer fit the user's history. */
        STALE
    }

    public ScoreRequest {
        check(history.size() <= MAX_HISTORY, "history must have at most %d items, got %d", MAX_HISTORY, history.size());
        history = List.copyOf(history);
        hints = List.copyOf(hints);
    }
}
