package coldstream.scorer.budget;

import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.domain.Spend;
import coldstream.domain.SpendLedger;
import coldstream.domain.SpendLedger.Booked;
import coldstream.domain.SpendLimits;
import coldstream.domain.StoreUnavailableException;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets questions pass as far as the budget of all workers allows.
 *
 * <p>A question is booked before it is asked, with what questions took of late, and corrected by what it took. While the
 * shared ledger is away this worker books in its own, within its share of every limit; what it spent meanwhile is booked
 * when the ledger is back.
 */
public final class Governor {

    private static final Logger LOG = LoggerFactory.getLogger(Governor.class);

    /** A chat with twenty candidates, before any was seen: one call of about a thousand tokens. */
    private static final long FIRST_PROMPT = 800;

    private static final long FIRST_COMPLETION = 200;

    /** Weight of the newest question in the running means. */
    private static final double WEIGHT = 0.05;

    /** How long ledgers are left alone when nothing fits; somebody else's correction may make room. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final SpendLedger shared;
    private final SpendLedger local;
    private final BudgetRules rules;
    private final SpendLimits localLimits;
    private double calls = 1;
    private double promptTokens = FIRST_PROMPT;
    private double completionTokens = FIRST_COMPLETION;
    private Spend unbooked = Spend.NONE;
    private Spend unbookedLocally = Spend.NONE;
    private boolean sharedAway;
    private volatile Spend minute = Spend.NONE;
    private volatile Spend day = Spend.NONE;

    /**
     * @param shared of all workers
     * @param local of this one
     */
    public Governor(SpendLedger shared, SpendLedger local, BudgetRules rules) {
        this.shared = shared;
        this.local = local;
        this.rules = rules;
        this.localLimits = rules.limits().share(rules.localShare());
    }

    /**
     * What may be asked now.
     *
     * @param questions that may be asked, 0 to what was wanted
     * @param each what was booked for one; hand it to {@link #took} or {@link #unused}
     * @param pause before wanting more is of use; zero if all may be asked
     */
    public record Permit(int questions, Spend each, Duration pause) {}

    /** Books up to this many questions. */
    public synchronized Permit permit(int wanted) {
        Spend each = expected();
        if (rules.limits().none()) {
            return new Permit(wanted, each, Duration.ZERO);
        }
        Booked booked = book(wanted, each);
        minute = booked.minute();
        day = booked.day();
        Duration pause = booked.pause().compareTo(LONGEST_WAIT) < 0 ? booked.pause() : LONGEST_WAIT;
        return new Permit(booked.questions(), each, pause);
    }

    private Booked book(int wanted, Spend each) {
        try {
            Booked booked = shared.book(wanted, each, unbooked, rules.limits());
            unbooked = Spend.NONE;
            local.book(0, Spend.NONE, each.times(booked.questions()).plus(unbookedLocally), SpendLimits.NONE);
            unbookedLocally = Spend.NONE;
            sharedAway = false;
            return booked;
        } catch (StoreUnavailableException e) {
            if (!sharedAway) {
                LOG.atWarn()
                        .addKeyValue("why", e.getMessage())
                        .addKeyValue("share", rules.localShare())
                        .log("the shared budget is away, this worker keeps to its share");
            }
            sharedAway = true;
            Booked booked = local.book(wanted, each, unbookedLocally, localLimits);
            unbookedLocally = Spend.NONE;
            unbooked = unbooked.plus(each.times(booked.questions()));
            return booked;
        }
    }

    /** A booked question was asked and took this. */
    public synchronized void took(Spend booked, Usage usage) {
        correct(rules.prices().of(usage).minus(booked));
        if (usage.calls() > 0) {
            calls += WEIGHT * (usage.calls() - calls);
        }
        if (usage.tokens() > 0) {
            promptTokens += WEIGHT * (usage.promptTokens() - promptTokens);
            completionTokens += WEIGHT * (usage.completionTokens() - completionTokens);
        }
    }

    /** As {@link #took}, for a question of another kind, which says nothing about what the next one takes. */
    public synchronized void tookOtherwise(Usage usage) {
        correct(rules.prices().of(usage).minus(expected()));
    }

    /** A booked question was not asked after all. */
    public synchronized void unused(Spend booked) {
        correct(Spend.NONE.minus(booked));
    }

    private void correct(Spend by) {
        if (!rules.limits().none()) {
            unbooked = unbooked.plus(by);
            unbookedLocally = unbookedLocally.plus(by);
        }
    }

    private Spend expected() {
        long prompt = Math.round(promptTokens);
        long completion = Math.round(completionTokens);
        return new Spend(Math.max(1, Math.round(calls)), prompt + completion, (long)
                Math.ceil(rules.prices().micros(prompt, completion)));
    }

    /** What is left of a limit as this worker saw it last, in [0, 1]; 1 without a limit. */
    public double left(Limit limit) {
        SpendLimits limits = rules.limits();
        return switch (limit) {
            case REQUESTS_MINUTE -> left(limits.requestsPerMinute(), minute.requests());
            case TOKENS_MINUTE -> left(limits.tokensPerMinute(), minute.tokens());
            case TOKENS_DAY -> left(limits.tokensPerDay(), day.tokens());
            case MONEY_DAY -> left(limits.microsPerDay(), day.micros());
        };
    }

    private static double left(long limit, long spent) {
        return limit <= 0 ? 1 : Math.min(1, Math.max(0, 1 - (double) spent / limit));
    }

    /** The four limits, as metrics name them. */
    public enum Limit {
        REQUESTS_MINUTE,
        TOKENS_MINUTE,
        TOKENS_DAY,
        MONEY_DAY;

        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
