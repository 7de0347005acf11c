package coldstream.scorer.profile;

import static coldstream.domain.Check.check;

import coldstream.domain.ProfileStore;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.StoreUnavailableException;
import coldstream.domain.TasteProfile;
import coldstream.domain.UserId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When a profile is due: once for a cold user, and again when the user has taken {@code refresh} more items and scores are
 * asked for because the user is cold or they are stale.
 *
 * <p>What is known of earlier profiles is this worker's own memory of the last {@value #REMEMBERED} users, else the store's.
 * With the store away a profile may be made twice. One thread.
 */
public final class ProfileRule {

    private static final int REMEMBERED = 100_000;

    private final int refresh;
    private final ProfileStore store;
    private final Map<UserId, Long> made = new LinkedHashMap<>();

    /** @param refresh positives after which a user's profile is made again, at least 1 */
    public ProfileRule(int refresh, ProfileStore store) {
        check(refresh >= 1, "scorer.profile-refresh must be at least 1, got %d", refresh);
        this.refresh = refresh;
        this.store = store;
    }

    /** Whether a profile is due when this is asked. */
    public boolean due(ScoreRequest request) {
        if (request.reason() != Reason.COLD_USER && request.reason() != Reason.STALE) {
            return false;
        }
        Long last = made.get(request.user());
        if (last == null) {
            last = stored(request.user());
            remember(request.user(), last);
        }
        return last < 0 || request.historyVersion() - last >= refresh;
    }

    /** Notes one that was made. */
    public void made(TasteProfile profile) {
        remember(profile.user(), profile.historyVersion());
    }

    private void remember(UserId user, long version) {
        made.remove(user);
        made.put(user, version);
        if (made.size() > REMEMBERED) {
            made.remove(made.keySet().iterator().next());
        }
    }

    /** Positives of the stored profile; −1 where there is none, or nobody can tell. */
    private long stored(UserId user) {
        try {
            return store.find(user).map(TasteProfile::historyVersion).orElse(-1L);
        } catch (StoreUnavailableException e) {
            return -1;
        }
    }
}
