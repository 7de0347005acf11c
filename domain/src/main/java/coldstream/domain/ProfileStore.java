package coldstream.domain;

import java.util.List;
import java.util.Optional;

/**
 * The latest taste profile of each user, for a bounded time. Losing them only stops guidance.
 *
 * <p>Every method throws {@link StoreUnavailableException}, soon, when the store is away.
 */
public interface ProfileStore {

    /** Keeps the profile, unless the one kept is of more history or later: see {@link TasteProfile#replaces}. */
    default void put(TasteProfile profile) {
        putAll(List.of(profile));
    }

    /** As {@link #put} for each, in one round trip where the store can. */
    void putAll(List<TasteProfile> profiles);

    Optional<TasteProfile> find(UserId user);
}
