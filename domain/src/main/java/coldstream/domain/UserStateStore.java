package coldstream.domain;

import java.util.Map;
import java.util.Optional;

/** The state of users, mirrored for serving, for a bounded time. */
public interface UserStateStore {

    /** Replaces the states; a state with a lower count never replaces one with a higher count. */
    void putAll(Map<UserId, UserState> states);

    Optional<UserState> find(UserId user);
}
