package coldstream.testkit;

import coldstream.domain.ProfileStore;
import coldstream.domain.ScoreStore;
import coldstream.domain.UserContext;
import coldstream.domain.UserContextStore;
import coldstream.domain.UserId;
import coldstream.domain.UserStateStore;
import java.util.List;

/** A {@link UserContextStore} over three other stores. */
public final class InMemoryUserContextStore implements UserContextStore {

    private final UserStateStore states;
    private final ScoreStore scores;
    private final ProfileStore profiles;

    public InMemoryUserContextStore(UserStateStore states, ScoreStore scores, ProfileStore profiles) {
        this.states = states;
        this.scores = scores;
        this.profiles = profiles;
    }

    @Override
    public List<UserContext> find(List<UserId> users) {
        return users.stream()
                .map(user -> new UserContext(user, states.find(user), scores.find(user), profiles.find(user)))
                .toList();
    }
}
