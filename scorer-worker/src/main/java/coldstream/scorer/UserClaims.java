package coldstream.scorer;

import coldstream.domain.ScoringClaims;
import coldstream.domain.ScoringClaims.Claim;
import coldstream.domain.ScoringClaims.Verdict;
import coldstream.domain.StoreUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims of the works in hand. While the store is away everybody may go on, which is counted: requests may be asked
 * twice, and none waits.
 */
final class UserClaims {

    private static final Logger LOG = LoggerFactory.getLogger(UserClaims.class);

    private final ScoringClaims claims;
    private final ScorerMetrics metrics;
    private boolean away;

    UserClaims(ScoringClaims claims, ScorerMetrics metrics) {
        this.claims = claims;
        this.metrics = metrics;
    }

    /** A verdict on each, in their order. */
    List<Verdict> claim(List<Work> works) {
        try {
            List<Verdict> verdicts =
                    claims.claim(works.stream().map(Work::claim).toList());
            away = false;
            return verdicts;
        } catch (StoreUnavailableException e) {
            isAway(e);
            return works.stream().map(work -> Verdict.MINE).toList();
        }
    }

    void renew(Collection<Work> works) {
        quietly(claims::renew, works);
    }

    void answered(Collection<Work> works) {
        quietly(claims::answered, works);
    }

    void release(Collection<Work> works) {
        quietly(claims::release, works);
    }

    private void quietly(Consumer<List<Claim>> call, Collection<Work> works) {
        if (works.isEmpty()) {
            return;
        }
        try {
            call.accept(works.stream().map(Work::claim).toList());
        } catch (StoreUnavailableException e) {
            isAway(e);
        }
    }

    private void isAway(StoreUnavailableException e) {
        metrics.uncoordinated();
        if (!away) {
            LOG.atWarn()
                    .addKeyValue("why", e.getMessage())
                    .log("scoring goes on without claims: requests may be asked twice");
        }
        away = true;
    }
}
