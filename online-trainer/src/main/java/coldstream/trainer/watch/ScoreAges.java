package coldstream.trainer.watch;

import coldstream.domain.UserId;
import java.time.Instant;

/**
 * When each user's language-model scores were made, in a table of fixed size: of two users that fall into one place the later
 * one is remembered.
 */
final class ScoreAges {

    private static final int PLACES = 1 << 15;

    private final int[] users = new int[PLACES];
    private final long[] made = new long[PLACES];

    void scored(UserId user, Instant at) {
        int hash = hash(user);
        users[hash & PLACES - 1] = hash;
        made[hash & PLACES - 1] = at.toEpochMilli();
    }

    /** Seconds since the user's scores were made; NaN for a user without. */
    double age(UserId user, Instant now) {
        int hash = hash(user);
        int place = hash & PLACES - 1;
        return made[place] == 0 || users[place] != hash
                ? Double.NaN
                : Math.max(0, now.toEpochMilli() - made[place]) / 1e3;
    }

    private static int hash(UserId user) {
        int hash = user.value().hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }
}
