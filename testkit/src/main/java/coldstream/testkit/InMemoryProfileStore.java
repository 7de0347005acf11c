package coldstream.testkit;

import coldstream.domain.ProfileStore;
import coldstream.domain.StoreUnavailableException;
import coldstream.domain.TasteProfile;
import coldstream.domain.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link ProfileStore} that forgets with the process and can be sent away. */
public final class InMemoryProfileStore implements ProfileStore {

    private final Map<UserId, TasteProfile> profiles = new HashMap<>();
    private boolean away;

    /** From now on every call fails, or works again. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public synchronized void putAll(List<TasteProfile> offered) {
        requireHere();
        offered.forEach(profile ->
                profiles.merge(profile.user(), profile, (known, next) -> next.replaces(known) ? next : known));
    }

    @Override
    public synchronized Optional<TasteProfile> find(UserId user) {
        requireHere();
        return Optional.ofNullable(profiles.get(user));
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailableException("the profile store is away");
        }
    }
}
