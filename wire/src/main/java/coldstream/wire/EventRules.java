package coldstream.wire;

import static coldstream.domain.Check.check;

import coldstream.domain.LabelRules;
import java.time.Duration;
import java.time.Instant;

/**
 * Which interactions are believable.
 *
 * @param labels the event types that are known
 * @param earliest no event happened before
 * @param maxAhead how far a producer's clock may run ahead of ours
 */
public record EventRules(LabelRules labels, Instant earliest, Duration maxAhead) {

    /** Nothing from before 1990, nothing more than an hour ahead. */
    public static final EventRules DEFAULT =
            new EventRules(LabelRules.IMPLICIT, Instant.parse("1990-01-01T00:00:00Z"), Duration.ofHours(1));

    public EventRules {
        check(!maxAhead.isNegative(), "maxAhead must not be negative, got %s", maxAhead);
    }
}
