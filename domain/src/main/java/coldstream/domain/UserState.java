package coldstream.domain;

import java.util.List;

/**
 * What serving knows of a user: absolute values, so that writing one twice is harmless.
 *
 * @param history items of the user's positives, newest last, at most {@link Sample#MAX_HISTORY}
 * @param count positives so far
 */
public record UserState(List<ItemId> history, long count) {

    /** A user nobody has seen. */
    public static final UserState EMPTY = new UserState(List.of(), 0);

    public UserState {
        history = List.copyOf(history);
    }
}
