package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Duration;

/**
 * When what a language model said of a user no longer fits, and whether it is worth asking again: not for users whom clicks
 * describe better by then.
 *
 * @param events positives since it was asked, from which on an answer is stale, at least 1
 * @param time since it was asked, from which on an answer is stale
 * @param until most positives of a user who is asked about again; 0 asks nobody again
 */
public record Staleness(long events, Duration time, long until) {

    public static final Staleness DEFAULT = new Staleness(10, Duration.ofDays(7), 30);

    public Staleness {
        check(events >= 1, "stale-after must be at least 1 event, got %d", events);
        check(time.toMillis() > 0, "stale-time must be at least 1ms, got %s", time);
        check(until >= 0, "stale-until must not be negative, got %d", until);
    }

    /**
     * Where a user stood when last asked about.
     *
     * @param count positives then
     * @param ago event time since then
     */
    public record Asked(long count, Duration ago) {}

    /** Whether to ask again about a user with so many positives. */
    boolean asksAgain(long count, Asked asked) {
        boolean stale = count - asked.count >= events || asked.ago.compareTo(time) >= 0;
        return stale && count <= until;
    }
}
