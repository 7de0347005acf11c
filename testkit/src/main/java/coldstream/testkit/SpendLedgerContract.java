package coldstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Spend;
import coldstream.domain.SpendLedger;
import coldstream.domain.SpendLedger.Booked;
import coldstream.domain.SpendLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SpendLedger} must do; each implementation's test extends this. */
public abstract class SpendLedgerContract {

    private static final Spend CALL = new Spend(1, 100, 50);
    private static final SpendLimits TEN_A_MINUTE = new SpendLimits(10, 0, 0, 0);

    private Instant now = Instant.parse("2026-01-31T23:50:00Z");
    private SpendLedger ledger;

    /** A ledger nobody else uses, nothing spent. */
    protected abstract SpendLedger emptyLedger(InstantSource clock);

    @BeforeEach
    void empty() {
        ledger = emptyLedger(() -> now);
    }

    @Test
    void booksWhatFitsAndSaysHowLongToWait() {
        assertThat(ledger.book(7, CALL, Spend.NONE, TEN_A_MINUTE)).satisfies(booked -> {
            assertThat(booked.questions()).isEqualTo(7);
            assertThat(booked.pause()).isZero();
        });
        Booked rest = ledger.book(7, CALL, Spend.NONE, TEN_A_MINUTE);

        assertThat(rest.questions()).isEqualTo(3);
        assertThat(rest.minute()).isEqualTo(new Spend(10, 1000, 0));
        assertThat(rest.day()).isEqualTo(new Spend(10, 1000, 500));
        assertThat(rest.pause()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(65));
        now = now.plus(rest.pause());
        assertThat(ledger.book(7, CALL, Spend.NONE, TEN_A_MINUTE).questions()).isEqualTo(7);
    }

    /** Oracle: every booking with its time, summed anew over the last 60 s. */
    @Test
    void noSixtySecondsEverHoldMoreThanTheLimit() {
        SplittableRandom random = new SplittableRandom(7);
        Deque<Instant> booked = new ArrayDeque<>();
        int all = 0;
        for (int look = 0; look < 400; look++) {
            now = now.plusMillis(random.nextInt(3000));
            int questions = ledger.book(random.nextInt(4), CALL, Spend.NONE, TEN_A_MINUTE)
                    .questions();
            for (int k = 0; k < questions; k++) {
                booked.add(now);
            }
            all += questions;
            while (!booked.isEmpty()
                    && booked.peek().isBefore(now.minusSeconds(60).plusMillis(1))) {
                booked.poll();
            }
            assertThat(booked.size()).isLessThanOrEqualTo(10);
        }
        assertThat(all).isGreaterThan(80); // ten minutes at ten a minute, less the steps of 5 s
    }

    @Test
    void tokensAMinuteAreALimitOfTheirOwn() {
        assertThat(ledger.book(9, CALL, Spend.NONE, new SpendLimits(0, 450, 0, 0))
                        .questions())
                .isEqualTo(4);
    }

    @Test
    void moneyOfADayIsThereAgainAfterMidnight() {
        SpendLimits limits = new SpendLimits(0, 0, 0, 125);
        Booked first = ledger.book(9, CALL, Spend.NONE, limits);
        assertThat(first.questions()).isEqualTo(2);
        assertThat(first.pause()).isEqualTo(Duration.ofMinutes(10));

        now = now.plus(Duration.ofMinutes(10)).minusMillis(1);
        assertThat(ledger.book(9, CALL, Spend.NONE, limits).questions()).isZero();
        now = now.plusMillis(1);
        assertThat(ledger.book(9, CALL, Spend.NONE, limits).questions()).isEqualTo(2);
    }

    @Test
    void tokensOfADayAreALimitOfTheirOwn() {
        assertThat(ledger.book(9, CALL, Spend.NONE, new SpendLimits(0, 0, 310, 0))
                        .questions())
                .isEqualTo(3);
    }

    @Test
    void aCorrectionCountsWhateverTheLimits() {
        SpendLimits limits = new SpendLimits(0, 1000, 0, 0);
        ledger.book(0, CALL, new Spend(0, 950, 0), limits);
        assertThat(ledger.book(1, CALL, Spend.NONE, limits).questions()).isZero();

        ledger.book(0, CALL, new Spend(0, -900, 0), limits);

        assertThat(ledger.book(99, CALL, Spend.NONE, limits).questions()).isEqualTo(9);
    }

    @Test
    void withoutLimitsEverythingIsBookedAndCounted() {
        Booked booked = ledger.book(1000, CALL, Spend.NONE, SpendLimits.NONE);

        assertThat(booked.questions()).isEqualTo(1000);
        assertThat(booked.day()).isEqualTo(new Spend(1000, 100_000, 50_000));
    }
}
