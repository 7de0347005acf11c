package coldstream.serving;

import coldstream.domain.StoreUnavailableException;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.domain.UserStateStore;
import java.util.Optional;

/** What is known of a user, or that it could not be asked: an answer without it is better than none. */
public final class UserStates {

    private final UserStateStore store;
    private final ServingMetrics metrics;

    /**
     * @param state empty for somebody nobody has seen
     * @param degraded whether the store could not be asked
     */
    public record Lookup(Optional<UserState> state, boolean degraded) {

        /** The state to rank with. */
        public UserState known() {
            return state.orElse(UserState.EMPTY);
        }
    }

    UserStates(UserStateStore store, ServingMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    public Lookup find(UserId user) {
        try {
            return new Lookup(store.find(user), false);
        } catch (StoreUnavailableException e) {
            metrics.degraded();
            return new Lookup(Optional.empty(), true);
        }
    }
}
