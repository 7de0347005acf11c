package coldstream.domain;

import static coldstream.domain.Check.check;

/**
 * Most that may be spent. Zero or less than zero is no limit.
 *
 * @param requestsPerMinute in any minute
 * @param tokensPerMinute in any minute
 * @param tokensPerDay in one day by UTC
 * @param microsPerDay money in one day by UTC, in millionths of the currency
 */
public record SpendLimits(long requestsPerMinute, long tokensPerMinute, long tokensPerDay, long microsPerDay) {

    public static final SpendLimits NONE = new SpendLimits(0, 0, 0, 0);

    /** Whether nothing is limited. */
    public boolean none() {
        return requestsPerMinute <= 0 && tokensPerMinute <= 0 && tokensPerDay <= 0 && microsPerDay <= 0;
    }

    /**
     * This share of every limit, each at least 1.
     *
     * @param share in (0, 1]
     */
    public SpendLimits share(double share) {
        check(share > 0 && share <= 1, "share must be in (0, 1], got %s", share);
        return new SpendLimits(
                part(requestsPerMinute, share),
                part(tokensPerMinute, share),
                part(tokensPerDay, share),
                part(microsPerDay, share));
    }

    private static long part(long limit, double share) {
        return limit <= 0 ? 0 : Math.max(1, (long) (limit * share));
    }
}
