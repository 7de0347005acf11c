package coldstream.scorer.profile;

import static coldstream.domain.Check.check;

import coldstream.domain.ProfileStore;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.StoreUnavailableException;
import coldstream.domain.TasteProfile;
import coldstream.domain.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When a profile is due: once for a cold user, and again when the user has taken {@code refresh} more items, or it is older
 * than {@code age}, and scores are asked for because the user is cold or they are stale.
 *
 * <p>What is known of earlier profiles is this worker's own memory of the last {@value #REMEMBERED} users, else the store's.
 * With the store away a profile may be made twice. One thread.
 */
public final class ProfileRule {

    private static final int REMEMBERED = 100_000;

    /** What is known of a user's profile: positives it was made of, and when. */
    private record Made(long version, Instant at) {

        /** Also where nobody can tell. */
        private static final Made NEVER = new Made(-1, Instant.MAX);

        static Made of(TasteProfile profile) {
            return new Made(profile.historyVersion(), profile.writtenAt());
        }
    }

    private final int refresh;
    private final Duration age;
    private final ProfileStore store;
    private final InstantSource clock;
    private final Map<UserId, Made> made = new LinkedHashMap<>();

    /**
     * @param refresh positives after which a user's profile is made again, at least 1
     * @param age by the clock after which it is made again
     */
    public ProfileRule(int refresh, Duration age, ProfileStore store, InstantSource clock) {
        check(refresh >= 1, "scorer.profile-refresh must be at least 1, got %d", refresh);
        this.refresh = refresh;
        this.age = age;
        this.store = store;
        this.clock = clock;
    }

    /** Whether a profile is due when this is asked. */
    public boolean due(ScoreRequest request) {
        if (request.reason() != Reason.COLD_USER && request.reason() != Reason.STALE) {
            return false;
        }
        Made last = made.get(request.user());
        if (last == null) {
            last = stored(request.user());
            remember(request.user(), last);
        }
        return last.version < 0
                || request.historyVersion() - last.version >= refresh
                || last.at.isBefore(clock.instant().minus(age));
    }

    /** Notes one that was made. */
    public void made(TasteProfile profile) {
        remember(profile.user(), Made.of(profile));
    }

    private void remember(UserId user, Made last) {
        made.remove(user);
        made.put(user, last);
        if (made.size() > REMEMBERED) {
            made.remove(made.keySet().iterator().next());
        }
    }

    private Made stored(UserId user) {
        try {
            return store.find(user).map(Made::of).orElse(Made.NEVER);
        } catch (StoreUnavailableException e) {
            return Made.NEVER;
        }
    }
}
