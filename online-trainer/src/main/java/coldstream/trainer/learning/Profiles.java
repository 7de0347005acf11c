package coldstream.trainer.learning;

import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a language model wrote of users, as vectors: the latest of each, of the users written of last. */
final class Profiles {

    /**
     * A profile as the learner keeps it.
     *
     * @param historyVersion positives of the user when asked
     * @param historyMaxTime it may serve events strictly later
     */
    record Known(UserId user, String encoder, TextVector vector, long historyVersion, Instant historyMaxTime) {

        static Known of(TasteProfile profile) {
            return new Known(
                    profile.user(),
                    profile.encoder(),
                    profile.vector(),
                    profile.historyVersion(),
                    profile.historyMaxTime());
        }
    }

    private final int capacity;
    private final int staleAfter;
    private final Map<UserId, Known> users = new LinkedHashMap<>();

    /**
     * @param capacity users whose profile is kept
     * @param staleAfter positives of a user since a profile was asked for, at which it still speaks
     */
    Profiles(int capacity, int staleAfter) {
        this.capacity = capacity;
        this.staleAfter = staleAfter;
    }

    /** Keeps a profile, unless the one kept is of more history. */
    void put(Known profile) {
        Known known = users.get(profile.user);
        if (known != null && known.historyVersion > profile.historyVersion) {
            return;
        }
        users.remove(profile.user); // the one put last is forgotten last
        users.put(profile.user, profile);
        if (users.size() > capacity) {
            users.remove(users.keySet().iterator().next());
        }
    }

    /** The profile that may speak for an event of a user with so many positives: asked strictly before it, and still fresh. */
    @Nullable
    Known speaking(UserId user, long count, Instant event) {
        Known known = fresh(user, count);
        return known != null && known.historyMaxTime.isBefore(event) ? known : null;
    }

    /** The profile that may speak for a user with so many positives. */
    @Nullable
    Known fresh(UserId user, long count) {
        Known known = users.get(user);
        boolean speaks = known != null && known.historyVersion <= count && count - known.historyVersion <= staleAfter;
        return speaks ? known : null;
    }

    /** Those put longest ago first. */
    List<Known> all() {
        return List.copyOf(users.values());
    }
}
