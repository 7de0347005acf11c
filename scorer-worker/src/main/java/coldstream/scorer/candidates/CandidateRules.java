package coldstream.scorer.candidates;

import static coldstream.domain.Check.check;

/**
 * Which items a score request asks about.
 *
 * @param count candidates a request, 4 to 100; half from the popular pool, a quarter diverse, a quarter tail
 * @param popularPool size of the popular pool
 * @param auditShare share of the requests that hide the user's last item, 0 to 1
 */
public record CandidateRules(int count, int popularPool, double auditShare) {

    public static final CandidateRules DEFAULTS = new CandidateRules(20, 200, 0.25);

    /** Candidates about as popular as the hidden item, so that its popularity does not give it away. */
    static final int LIKE_HIDDEN = 3;

    public CandidateRules {
        check(count >= 4 && count <= 100, "candidates must be 4 to 100, got %d", count);
        check(popularPool >= 1, "popular pool must be at least 1, got %d", popularPool);
        check(auditShare >= 0 && auditShare <= 1, "audit share must be in [0, 1], got %s", auditShare);
    }

    int popular() {
        return count / 2;
    }

    int diverse() {
        return count / 4;
    }
}
