package coldstream.domain;

import coldstream.domain.ScoreStore.StoredScore;
import java.util.Map;
import java.util.Optional;

/**
 * Everything kept of a user for serving, as of one moment.
 *
 * @param state empty for somebody nobody has seen
 * @param scores what a language model said of items, by item
 * @param profile what a language model wrote of the user
 */
public record UserContext(
        UserId user, Optional<UserState> state, Map<ItemId, StoredScore> scores, Optional<TasteProfile> profile) {

    public UserContext {
        scores = Map.copyOf(scores);
    }

    /** Of somebody of whom nothing is kept. */
    public static UserContext unknown(UserId user) {
        return new UserContext(user, Optional.empty(), Map.of(), Optional.empty());
    }

    /** Of somebody of whom the state alone is kept. */
    public static UserContext of(UserId user, UserState state) {
        return new UserContext(user, Optional.of(state), Map.of(), Optional.empty());
    }

    /** The state to rank with. */
    public UserState known() {
        return state.orElse(UserState.EMPTY);
    }
}
