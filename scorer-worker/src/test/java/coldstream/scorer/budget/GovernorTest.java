package coldstream.scorer.budget;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.domain.Spend;
import coldstream.domain.SpendLedger;
import coldstream.domain.SpendLimits;
import coldstream.domain.StoreUnavailableException;
import coldstream.scorer.budget.Governor.Limit;
import coldstream.scorer.budget.Governor.Permit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GovernorTest {

    private static final Prices PRICES = new Prices(2, 10); // a token read costs 2 millionths, one written 10

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private boolean away;
    private final SpendLedger ledger = new LocalSpendLedger(() -> now);
    private final SpendLedger shared = (questions, each, correction, limits) -> {
        if (away) {
            throw new StoreUnavailableException("away");
        }
        return ledger.book(questions, each, correction, limits);
    };

    @Test
    void twoWorkersShareOneLimit() {
        Governor one = governor(new SpendLimits(10, 0, 0, 0));
        Governor two = governor(new SpendLimits(10, 0, 0, 0));

        assertThat(one.permit(7).questions()).isEqualTo(7);
        assertThat(two.permit(7).questions()).isEqualTo(3);
        assertThat(one.permit(7).questions()).isZero();
        assertThat(one.left(Limit.REQUESTS_MINUTE)).isZero();
    }

    @Test
    void whatAQuestionTookIsWhatCounts() {
        Governor governor = governor(new SpendLimits(0, 0, 10_000, 0));
        Permit first = governor.permit(1);
        assertThat(first.each().tokens()).isEqualTo(1000);

        governor.took(first.each(), new Usage(8900, 100, 2, Duration.ZERO));

        assertThat(governor.permit(9).questions()).isZero();
        assertThat(ledger.book(0, Spend.NONE, Spend.NONE, SpendLimits.NONE).day())
                .isEqualTo(new Spend(2, 9000, 8900 * 2 + 100 * 10));
    }

    @Test
    void aQuestionThatWasNotAskedCostsNothing() {
        Governor governor = governor(new SpendLimits(1, 0, 0, 0));
        Permit permit = governor.permit(1);
        assertThat(governor.permit(1).questions()).isZero();

        governor.unused(permit.each());

        assertThat(governor.permit(1).questions()).isEqualTo(1);
    }

    @Test
    void moneyIsTokensTimesPrices() {
        Governor governor = governor(new SpendLimits(0, 0, 0, 36_000)); // ten questions of 800 · 2 + 200 · 10

        assertThat(governor.permit(99).questions()).isEqualTo(10);
        assertThat(governor.left(Limit.MONEY_DAY)).isZero();
        assertThat(governor.left(Limit.TOKENS_DAY)).isEqualTo(1);
    }

    @Test
    void withoutTheSharedLedgerAWorkerKeepsToItsShareAndBooksItLater() {
        Governor governor = governor(new SpendLimits(100, 0, 0, 0));
        away = true;

        assertThat(governor.permit(99).questions()).isEqualTo(25);
        assertThat(governor.permit(99).questions()).isZero();
        away = false;

        assertThat(governor.permit(99).questions()).isEqualTo(75);
    }

    @Test
    void whatWasBookedSharedCountsForTheShareToo() {
        Governor governor = governor(new SpendLimits(100, 0, 0, 0));
        assertThat(governor.permit(20).questions()).isEqualTo(20);
        away = true;

        assertThat(governor.permit(99).questions()).isEqualTo(5);
    }

    @Test
    void theExpectedQuestionFollowsWhatQuestionsTake() {
        Governor governor = governor(new SpendLimits(0, 0, 1_000_000_000, 0));
        for (int k = 0; k < 300; k++) {
            governor.took(governor.permit(1).each(), new Usage(3000, 500, 3, Duration.ZERO));
        }

        assertThat(governor.permit(1).each()).isEqualTo(new Spend(3, 3500, 3000 * 2 + 500 * 10));
    }

    @Test
    void withoutLimitsNobodyIsAsked() {
        away = true;

        assertThat(governor(SpendLimits.NONE).permit(64).questions()).isEqualTo(64);
    }

    private Governor governor(SpendLimits limits) {
        return new Governor(
                shared, new LocalSpendLedger(() -> now), new BudgetRules(limits, PRICES, 0.25, Duration.ofMinutes(1)));
    }
}
