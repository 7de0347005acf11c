package coldstream.scorer.candidates;

import static coldstream.domain.Check.check;

/**
 * Which items a score request asks about.
 *
 * @param count candidates a request, 4 to 100
 * @param popularPool size of the popular pool
 * @param shares of the plans
 * @param diversity by what items are unlike each other
 * @param auditShare share of the requests that hide the user's last item, 0 to 1; those made to measure hide it always
 * @param cutShare share of the requests made to measure whose history is cut to a few items besides, 0 to 1
 * @param leastShown fewest items such a cut leaves: 0, or 1 where a scorer needs a history
 */
public record CandidateRules(
        int count,
        int popularPool,
        Shares shares,
        Diversity diversity,
        double auditShare,
        double cutShare,
        int leastShown) {

    public static final CandidateRules DEFAULTS =
            new CandidateRules(20, 200, Shares.DEFAULTS, Diversity.CATEGORY, 0.25, 0.5, 1);

    /** Candidates about as popular as the hidden item, so that its popularity does not give it away. */
    static final int LIKE_HIDDEN = 3;

    /** Most items a cut leaves: users with so few are cold. */
    static final int MOST_SHOWN = 3;

    /** What makes items unlike each other. */
    public enum Diversity {
        /** Their categories. */
        CATEGORY,
        /** The vectors of their texts. */
        VECTOR
    }

    public CandidateRules {
        check(count >= 4 && count <= 100, "candidates must be 4 to 100, got %d", count);
        check(popularPool >= 1, "popular pool must be at least 1, got %d", popularPool);
        check(auditShare >= 0 && auditShare <= 1, "audit share must be in [0, 1], got %s", auditShare);
        check(cutShare >= 0 && cutShare <= 1, "cut share must be in [0, 1], got %s", cutShare);
        check(leastShown >= 0 && leastShown <= 1, "a cut must leave at least 0 or 1 items, got %d", leastShown);
    }

    /** The same, with this share of hidden items. */
    public CandidateRules withAuditShare(double share) {
        return new CandidateRules(count, popularPool, shares, diversity, share, cutShare, leastShown);
    }
}
