package coldstream.domain;

import java.util.List;

/** Reads what {@link UserStateStore}, {@link ScoreStore} and {@link ProfileStore} keep of users, all at once. */
public interface UserContextStore {

    /**
     * What is kept of each user, in the order asked, in one round trip where the store can.
     *
     * @throws StoreUnavailableException soon, when the store is away
     */
    List<UserContext> find(List<UserId> users);
}
