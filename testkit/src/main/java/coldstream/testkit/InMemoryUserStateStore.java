package coldstream.testkit;

import coldstream.domain.StoreUnavailableException;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.domain.UserStateStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A {@link UserStateStore} that forgets with the process and can be sent away. */
public final class InMemoryUserStateStore implements UserStateStore {

    private final Map<UserId, UserState> states = new HashMap<>();
    private boolean away;

    /** From now on every call fails, or works again. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public synchronized void putAll(Map<UserId, UserState> offered) {
        requireHere();
        offered.forEach((user, state) ->
                states.merge(user, state, (known, next) -> events(next) < events(known) ? known : next));
    }

    private static long events(UserState state) {
        return state.count() + state.negatives();
    }

    @Override
    public synchronized Optional<UserState> find(UserId user) {
        requireHere();
        return Optional.ofNullable(states.get(user));
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailableException("the user state store is away");
        }
    }
}
