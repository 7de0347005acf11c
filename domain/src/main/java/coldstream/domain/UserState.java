package coldstream.domain;

import java.util.List;

/**
 * What serving knows of a user: absolute values, so that writing one twice is harmless.
 *
 * @param history items of the user's positives, newest last, at most {@link Sample#MAX_HISTORY}
 * @param count positives so far
 * @param negatives events labelled 0 so far, impressions left out
 */
public record UserState(List<ItemId> history, long count, long negatives) {

    /** A user nobody has seen. */
    public static final UserState EMPTY = new UserState(List.of(), 0, 0);

    public UserState {
        history = List.copyOf(history);
    }

    /** A user without negatives. */
    public UserState(List<ItemId> history, long count) {
        this(history, count, 0);
    }
}
