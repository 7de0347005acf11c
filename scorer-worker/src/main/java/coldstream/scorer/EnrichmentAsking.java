package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.Source;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.scorer.EnrichmentMetrics.Result;
import coldstream.scorer.budget.Governor;
import coldstream.scorer.budget.Governor.Limit;
import coldstream.scorer.enrich.Enricher;
import coldstream.scorer.enrich.Enricher.Answered;
import coldstream.scorer.enrich.Enricher.NotAnswered;
import coldstream.scorer.guard.EndpointGuard;
import coldstream.scorer.guard.EndpointGuard.Leave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks about items while the endpoint gives leave and there is money to spare: enrichment leaves a quarter of every limit to
 * questions about users, which are worth more.
 */
final class EnrichmentAsking {

    private static final Logger LOG = LoggerFactory.getLogger(EnrichmentAsking.class);
    private static final double RESERVE = 0.25;

    private final Enricher enricher;
    private final EndpointGuard guard;
    private final Governor governor;
    private final ExecutorService threads;
    private final Duration limit;
    private final ScorerMetrics spending;
    private final EnrichmentMetrics metrics;

    /** A question on its way. */
    private record Asked(Leave leave, Future<Enricher.Outcome> outcome) {}

    /**
     * What came of some items.
     *
     * @param enrichments what to keep of those that were answered
     * @param complete whether none is to be asked about again
     */
    record Answers(List<ItemEnrichment> enrichments, boolean complete) {}

    /**
     * @param threads that ask; they are this object's from now on
     * @param limit of one question
     */
    EnrichmentAsking(
            Enricher enricher,
            EndpointGuard guard,
            Governor governor,
            ExecutorService threads,
            Duration limit,
            ScorerMetrics spending,
            EnrichmentMetrics metrics) {
        this.enricher = enricher;
        this.guard = guard;
        this.governor = governor;
        this.threads = threads;
        this.limit = limit;
        this.spending = spending;
        this.metrics = metrics;
    }

    Answers ask(List<Item> items) throws InterruptedException {
        List<Asked> asked = new ArrayList<>();
        for (Item item : items) {
            Optional<Leave> leave = guard.leave();
            if (leave.isEmpty()) {
                metrics.count(Result.TRY_AGAIN);
            } else if (!hasMoneyToSpare()) {
                guard.unused(leave.get());
                metrics.count(Result.NO_BUDGET);
            } else {
                asked.add(new Asked(leave.get(), threads.submit(() -> enricher.ask(item))));
            }
        }
        List<ItemEnrichment> enrichments = new ArrayList<>();
        boolean complete = asked.size() == items.size();
        for (Asked one : asked) {
            Enricher.Outcome outcome = outcome(one.outcome);
            guard.report(one.leave, seenByTheGuard(outcome));
            governor.tookOtherwise(outcome.usage());
            spending.paid(outcome.usage());
            metrics.spent(outcome.usage());
            if (outcome instanceof Answered answered) {
                metrics.read(answered.reply());
                enrichments.add(answered.enrichment());
            } else {
                complete &= isOver((NotAnswered) outcome);
            }
        }
        return new Answers(enrichments, complete);
    }

    private boolean hasMoneyToSpare() {
        governor.permit(0); // to see what is left now
        return Arrays.stream(Limit.values()).allMatch(one -> governor.left(one) >= RESERVE)
                && governor.permit(1).questions() == 1;
    }

    private Enricher.Outcome outcome(Future<Enricher.Outcome> asked) throws InterruptedException {
        try {
            return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException | CancellationException e) {
            asked.cancel(true);
            return new NotAnswered(Fault.TIMED_OUT, "no answer within " + limit, new Usage(0, 0, 1, limit));
        } catch (ExecutionException e) {
            LOG.atError().setCause(e).log("an item could not be asked about");
            return new NotAnswered(Fault.UNREADABLE, "the worker failed: " + e.getCause(), Usage.NONE);
        }
    }

    /** Whether the item is left as it is; what the endpoint refuses to everybody alike is asked again when that has passed. */
    private boolean isOver(NotAnswered outcome) {
        boolean again = EndpointGuard.passes(seenByTheGuard(outcome));
        metrics.count(again ? Result.TRY_AGAIN : Result.REFUSED);
        LOG.atInfo().addKeyValue("why", outcome.why()).log("an item was not described");
        return !again;
    }

    private LanguageModelScorer.Outcome seenByTheGuard(Enricher.Outcome outcome) {
        if (outcome instanceof NotAnswered failed) {
            return failed.fault().passes()
                    ? new TryAgain(failed.fault(), failed.why(), Optional.empty(), failed.usage())
                    : new Refused(failed.fault(), failed.why(), failed.usage());
        }
        return new Scored(List.of(), new Source(enricher.model(), Enricher.PROMPT, 1), outcome.usage());
    }

    void close() {
        threads.shutdownNow();
    }
}
