package coldstream.scorer;

import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.scorer.Decision.Dropped;
import coldstream.scorer.Decision.Later;
import coldstream.scorer.Decision.Why;
import coldstream.scorer.RequestDesk.Asked;
import coldstream.scorer.budget.Governor;
import coldstream.scorer.budget.Governor.Permit;
import coldstream.scorer.guard.EndpointGuard;
import coldstream.scorer.guard.EndpointGuard.Leave;
import coldstream.wire.Refusal.Reason;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the language model about the requests in the waiting room: first the endpoint's leave, then the money, then the
 * choice of the request that is worth most. A bounded number is asked at once.
 */
final class Asking extends Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final WaitingRoom room;
    private final RequestDesk desk;
    private final EndpointGuard guard;
    private final Governor governor;
    private final ScorerMetrics metrics;
    private final Duration patience;
    private final Bulkhead bulkhead;
    private final Duration limit;
    private final QuestionLimit<Asked> questions;

    /**
     * @param concurrency questions at once
     * @param limit longest time for a question
     * @param patience longest wait for money
     */
    Asking(
            WaitingRoom room,
            RequestDesk desk,
            EndpointGuard guard,
            Governor governor,
            ScorerMetrics metrics,
            int concurrency,
            Duration limit,
            Duration patience) {
        super("asking");
        this.room = room;
        this.desk = desk;
        this.guard = guard;
        this.governor = governor;
        this.metrics = metrics;
        this.patience = patience;
        this.bulkhead = Bulkhead.of(
                "language-model",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(concurrency)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        this.limit = limit;
        this.questions = new QuestionLimit<>(limit, concurrency);
    }

    @Override
    void run() throws InterruptedException {
        while (!stopping()) {
            int wanted = Math.min(room.ready(), bulkhead.getMetrics().getAvailableConcurrentCalls());
            if (wanted == 0) {
                room.await(IDLE);
            } else if (guard.shut()) {
                pause(LOOK_AGAIN);
            } else {
                ask(wanted);
            }
        }
    }

    @Override
    void stopped() {
        questions.close();
    }

    private void ask(int wanted) throws InterruptedException {
        Permit permit = governor.permit(wanted);
        for (int k = 0; k < permit.questions(); k++) {
            if (!begin(permit)) {
                governor.unused(permit.each());
            }
        }
        if (permit.questions() < wanted) {
            room.takeImpatient(patience).forEach(work -> work.finish(new Dropped(Why.NO_BUDGET)));
            pause(permit.pause().compareTo(LOOK_AGAIN) < 0 ? LOOK_AGAIN : permit.pause());
        }
    }

    /** Begins the question worth most; false if the endpoint gives no leave, or nobody waits any more. */
    private boolean begin(Permit permit) {
        Optional<Leave> leave = guard.leave();
        if (leave.isEmpty()) {
            return false;
        }
        if (bulkhead.tryAcquirePermission()) {
            Work work = room.takeBest();
            if (work != null) {
                ask(work, leave.get(), permit);
                return true;
            }
            bulkhead.releasePermission();
        }
        guard.unused(leave.get());
        return false;
    }

    private void ask(Work work, Leave leave, Permit permit) {
        long start = System.nanoTime();
        questions.ask(
                () -> desk.ask(work.request()),
                () -> RequestDesk.late(limit),
                asked -> finish(work, leave, permit, asked, Duration.ofNanos(System.nanoTime() - start)),
                () -> {
                    bulkhead.onComplete();
                    room.signal();
                });
    }

    private void finish(Work work, Leave leave, Permit permit, Asked asked, Duration took) {
        Outcome outcome = asked.outcome();
        governor.took(permit.each(), outcome.usage());
        if (asked.reached()) {
            metrics.asked(outcome, took);
        }
        boolean counts = guard.report(leave, outcome);
        if (stopping()) {
            return; // whoever asks next is handed the request by the broker
        }
        if (EndpointGuard.passes(outcome)) {
            again(work, asked, counts);
        } else {
            work.finish(asked.decision());
        }
    }

    private void again(Work work, Asked asked, boolean counts) {
        work.attempts++;
        if (counts) {
            work.failures++;
        }
        if (!guard.mayTryAgain(work.failures)) {
            work.finish(
                    asked.decision() instanceof Later later
                            ? later
                            : new Later("refused " + work.failures + " times", Reason.GIVEN_UP));
            return;
        }
        Duration pause = guard.pause(work.attempts);
        Optional<Duration> after = asked.outcome() instanceof TryAgain tryAgain ? tryAgain.after() : Optional.empty();
        if (after.isPresent() && after.get().compareTo(pause) > 0) {
            pause = after.get();
        }
        if (pause.compareTo(EndpointGuard.LONGEST_AFTER) > 0) {
            pause = EndpointGuard.LONGEST_AFTER;
        }
        LOG.atDebug()
                .addKeyValue("requestId", work.request().requestId())
                .addKeyValue("pause", pause)
                .log("score request waits for its next attempt");
        room.enterAgain(work, pause);
    }

    /** Questions that are being asked. */
    int inFlight() {
        return bulkhead.getMetrics().getMaxAllowedConcurrentCalls()
                - bulkhead.getMetrics().getAvailableConcurrentCalls();
    }

    @Override
    void wake() {
        room.signal();
    }
}
