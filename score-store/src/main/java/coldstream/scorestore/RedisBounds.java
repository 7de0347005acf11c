package coldstream.scorestore;

import static coldstream.domain.Check.check;

import java.time.Duration;

/**
 * How much Redis keeps, and for how long.
 *
 * @param scoresPerUser most scores of one user, 20 to 10 000; past it the oldest quarter goes
 * @param scoresFor time to live of a user's scores after the last write
 * @param stateFor time to live of a user's state, and of the taste profile, after the last write
 * @param popularItems most items in the popularity set
 * @param popularFor time to live of the popularity set after the last write
 */
public record RedisBounds(
        int scoresPerUser, Duration scoresFor, Duration stateFor, int popularItems, Duration popularFor) {

    public static final RedisBounds DEFAULTS =
            new RedisBounds(200, Duration.ofDays(7), Duration.ofDays(30), 10_000, Duration.ofDays(30));

    public RedisBounds {
        check(
                scoresPerUser >= 20 && scoresPerUser <= 10_000,
                "scores per user must be 20 to 10000, got %d",
                scoresPerUser);
        check(popularItems >= 1, "popular items must be at least 1, got %d", popularItems);
        positive("scores", scoresFor);
        positive("state", stateFor);
        positive("popularity", popularFor);
    }

    /** The same bounds, other ones for scores. */
    public RedisBounds withScores(int perUser, Duration keptFor) {
        return new RedisBounds(perUser, keptFor, stateFor, popularItems, popularFor);
    }

    private static void positive(String what, Duration time) {
        check(time.toMillis() > 0, "time to live of %s must be at least 1 ms, got %s", what, time);
    }
}
