package coldstream.domain;

import static coldstream.domain.Check.check;

import coldstream.domain.ScoreRequest.Reason;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * When a positive is reason to ask a language model about its user: the history is short, the item's taste is unknown, what
 * was said before is stale, or, at a set rate, to measure the language model where it is not otherwise asked.
 *
 * @param coldHistory a user with at most this many positives has a short history
 * @param auditRate share of the other positives that lead to an audit, in [0, 1]
 * @param staleness when to ask again about a user who is no longer cold
 * @param draw a number in [0, 1) that the sample's id alone decides, so that a repeated event decides alike
 */
public record RequestTrigger(int coldHistory, double auditRate, Staleness staleness, ToDoubleFunction<String> draw) {

    public RequestTrigger {
        check(coldHistory >= 0, "cold history must not be negative, got %d", coldHistory);
        check(auditRate >= 0 && auditRate <= 1, "audit rate must be in [0, 1], got %s", auditRate);
    }

    /**
     * Why to ask after a positive, if at all.
     *
     * @param count positives of the user, this one included
     * @param needsScores whether the item is new or in the least popular part, see {@link PopularityTail#needsScores}
     * @param asked where the user stood when last asked about; null for one nobody asked about
     */
    public Optional<Reason> reason(String sampleId, long count, boolean needsScores, Staleness.@Nullable Asked asked) {
        if (count <= coldHistory) {
            return Optional.of(Reason.COLD_USER);
        }
        if (needsScores) {
            return Optional.of(Reason.TAIL_ITEM);
        }
        if (draw.applyAsDouble(sampleId) < auditRate) {
            return Optional.of(Reason.AUDIT);
        }
        return asked != null && staleness.asksAgain(count, asked) ? Optional.of(Reason.STALE) : Optional.empty();
    }

    /** Of two reasons the one a request names: the one declared first. */
    public static Reason stronger(Reason one, Reason other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
