package coldstream.scorer.budget;

import static coldstream.domain.Check.check;

import coldstream.domain.SpendLimits;
import java.time.Duration;

/**
 * What may be spent, and what happens to who has to wait for it.
 *
 * @param limits of all workers together
 * @param localShare share of every limit that this worker allows itself while the shared ledger is away, in (0, 1]
 * @param patience longest wait of a question for money before it is dropped
 */
public record BudgetRules(SpendLimits limits, Prices prices, double localShare, Duration patience) {

    public static final BudgetRules UNLIMITED =
            new BudgetRules(SpendLimits.NONE, Prices.FREE, 0.25, Duration.ofMinutes(10));

    public BudgetRules {
        check(localShare > 0 && localShare <= 1, "scorer.budget.local-share must be in (0, 1], got %s", localShare);
        check(!patience.isNegative(), "scorer.budget.patience must not be negative, got %s", patience);
    }
}
