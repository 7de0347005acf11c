package coldstream.monitor.action;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Action;
import coldstream.domain.DriftAlert.Action.Outcome;
import coldstream.monitor.action.ActionExecutor.Done;
import coldstream.monitor.action.ActionLedger.Decision;
import coldstream.monitor.action.ActionLedger.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the rules want about alerts, on a thread of its own, and reports what came of it. What fails and may pass is tried
 * again, a bounded number of times. Thread-safe; nothing blocks its callers.
 */
public final class Responses implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Responses.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final ActionConfig config;
    private final Map<ActionKind, ActionExecutor> executors;
    private final ActionLedger ledger;
    private final InstantSource clock;
    private final Later later;
    private final @Nullable ScheduledExecutorService thread;
    private final Map<ActionKind, Action> started = new EnumMap<>(ActionKind.class);
    private final Waiting waiting = new Waiting();
    private BiConsumer<String, Action> report = (alert, action) -> {};

    /** Runs something later, one after the other. */
    @FunctionalInterface
    interface Later {
        void run(Duration delay, Runnable task);
    }

    /** @param executors of what can be done in this process */
    public Responses(ActionConfig config, Map<ActionKind, ActionExecutor> executors, InstantSource clock) {
        this(config, executors, clock, Executors.newSingleThreadScheduledExecutor(Responses::thread));
    }

    private Responses(
            ActionConfig config,
            Map<ActionKind, ActionExecutor> executors,
            InstantSource clock,
            ScheduledExecutorService thread) {
        this(config, executors, clock, thread, (delay, task) -> {
            var unused = thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    Responses(
            ActionConfig config,
            Map<ActionKind, ActionExecutor> executors,
            InstantSource clock,
            @Nullable ScheduledExecutorService thread,
            Later later) {
        this.config = config;
        this.executors = Map.copyOf(executors);
        this.clock = clock;
        this.ledger = new ActionLedger(config);
        this.thread = thread;
        this.later = later;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "drift-actions");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Continues from what alerts say was done; what was on its way is begun again.
     *
     * @param report told what came of actions, by id of the alert; any thread
     */
    public synchronized void begin(List<DriftAlert> alerts, BiConsumer<String, Action> report) {
        this.report = report;
        ledger.adopt(alerts);
        for (DriftAlert alert : alerts) {
            for (Action action : alert.actions()) {
                ActionKind kind = ActionKind.parse(action.name());
                if (action.outcome() == Outcome.STARTED) {
                    started.putIfAbsent(kind, action);
                }
            }
        }
        for (DriftAlert alert : alerts) {
            for (Action action : alert.actions()) {
                ActionKind kind = ActionKind.parse(action.name());
                if (alert.open() && action.outcome() == Outcome.PENDING && !started.containsKey(kind)) {
                    schedule(Duration.ZERO, () -> start(kind, alert, 1));
                }
                if (alert.open() && action.outcome() == Outcome.COOLING) {
                    letWait(kind, alert, ledger.cooled(Slot.of(kind, alert)));
                }
            }
        }
        alerts.stream().filter(alert -> !alert.open()).forEach(this::closed); // whose end nobody saw to
    }

    /** Does what the rules want about an alert, and says what becomes of it for now. */
    public synchronized List<Action> opened(DriftAlert alert) {
        Instant now = clock.instant();
        List<Action> noted = new ArrayList<>();
        for (Decision decision : ledger.opened(alert, now)) {
            noted.add(note(decision, alert, now));
        }
        return noted;
    }

    private Action note(Decision decision, DriftAlert alert, Instant now) {
        ActionKind kind = decision.kind();
        if (decision.verdict() == Verdict.OFF) {
            return action(kind, Outcome.OFF, decision.why(), now);
        }
        if (decision.verdict() == Verdict.COOLING) {
            letWait(kind, alert, decision.until());
            return action(kind, Outcome.COOLING, decision.why(), now);
        }
        if (!executors.containsKey(kind)) {
            ledger.release(Slot.of(kind, alert), alert.alertId(), now);
            return action(kind, Outcome.OFF, "it cannot be done here", now);
        }
        if (decision.verdict() == Verdict.JOIN) {
            Action running = started.get(kind);
            return running == null
                    ? action(kind, Outcome.PENDING, decision.why(), now)
                    : new Action(kind.toString(), Outcome.STARTED, decision.why(), now, running.until());
        }
        schedule(Duration.ZERO, () -> start(kind, alert, 1));
        return action(kind, Outcome.PENDING, "", now);
    }

    private void letWait(ActionKind kind, DriftAlert alert, Instant until) {
        Slot slot = Slot.of(kind, alert);
        if (waiting.add(slot, alert)) {
            Duration left = Duration.between(clock.instant(), until).plusMillis(1);
            schedule(left.isNegative() ? Duration.ZERO : left, () -> cooled(slot));
        }
    }

    /** Does what alarms wait for that opened while it cooled down and are open still: once, for all of them. */
    private synchronized void cooled(Slot slot) {
        Instant now = clock.instant();
        for (DriftAlert alert : waiting.take(slot)) {
            tell(alert.alertId(), note(ledger.wanted(slot.kind(), alert, now), alert, now));
        }
    }

    private void start(ActionKind kind, DriftAlert cause, int attempt) {
        synchronized (this) {
            if (ledger.holders(Slot.of(kind, cause)).isEmpty()) {
                return; // every alarm closed in the meantime, and that was reported
            }
        }
        try {
            Done done = executor(kind).start(cause);
            settle(Slot.of(kind, cause), done);
        } catch (ActionException e) {
            failed(kind, cause, e, attempt, () -> start(kind, cause, attempt + 1));
        } catch (RuntimeException e) {
            failed(kind, cause, new ActionException(e.toString(), false, e), attempt, () -> {});
        }
    }

    private synchronized void settle(Slot slot, Done done) {
        ActionKind kind = slot.kind();
        Instant now = clock.instant();
        Outcome outcome = done.lasts() ? Outcome.STARTED : Outcome.ENDED;
        var action = new Action(kind.toString(), outcome, done.detail(), now, done.until());
        List<String> holders = ledger.holders(slot);
        if (done.lasts()) {
            started.put(kind, action);
            if (holders.isEmpty()) { // all alarms closed while it began
                ledger.over(slot, now);
            }
        } else {
            ledger.over(slot, now);
        }
        holders.forEach(alert -> tell(alert, action));
    }

    private void failed(ActionKind kind, DriftAlert cause, ActionException e, int attempt, Runnable again) {
        Slot slot = Slot.of(kind, cause);
        String why = String.valueOf(e.getMessage());
        if (e.mayPass() && attempt < config.attempts()) {
            Duration pause = config.pause().multipliedBy(1L << Math.min(attempt - 1, 10));
            synchronized (this) {
                Action tried = action(
                        kind,
                        Outcome.PENDING,
                        "try %d of %d: %s".formatted(attempt, config.attempts(), why),
                        clock.instant());
                ledger.holders(slot).forEach(alert -> tell(alert, tried));
            }
            schedule(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, again);
            return;
        }
        synchronized (this) {
            Action given = action(kind, Outcome.FAILED, why, clock.instant());
            List<String> holders = ledger.holders(slot);
            (holders.isEmpty() ? List.of(cause.alertId()) : holders).forEach(alert -> tell(alert, given));
            ledger.over(slot, clock.instant());
            started.remove(kind);
        }
    }

    /** Ends what an alert that was closed alone wanted, and can end early; says what becomes of it for now. */
    public synchronized List<Action> closed(DriftAlert alert) {
        Instant now = clock.instant();
        waiting.closed(alert.alertId());
        List<Action> noted = new ArrayList<>();
        for (Action action : alert.actions()) {
            ActionKind kind = ActionKind.parse(action.name());
            if (action.outcome() != Outcome.STARTED && action.outcome() != Outcome.PENDING) {
                continue;
            }
            Slot slot = Slot.of(kind, alert);
            boolean begun = started.containsKey(kind);
            if (begun && !executor(kind).endsEarly()) {
                continue; // it ends by itself, and that will be told
            }
            if (!ledger.release(slot, alert.alertId(), now)) {
                String others = "goes on for " + String.join(", ", ledger.holders(slot));
                noted.add(action(kind, Outcome.ENDED, others, now));
            } else if (begun) {
                started.remove(kind);
                schedule(Duration.ZERO, () -> end(kind, alert, 1));
            } else {
                noted.add(action(kind, Outcome.ENDED, "the alarm closed before it was done", now));
            }
        }
        return noted;
    }

    private void end(ActionKind kind, DriftAlert cause, int attempt) {
        try {
            String detail = executor(kind).end(cause);
            tell(cause.alertId(), action(kind, Outcome.ENDED, detail, clock.instant()));
        } catch (ActionException e) {
            if (e.mayPass() && attempt < config.attempts()) {
                schedule(
                        config.pause().multipliedBy(1L << Math.min(attempt - 1, 5)),
                        () -> end(kind, cause, attempt + 1));
            } else {
                tell(cause.alertId(), action(kind, Outcome.FAILED, "not ended: " + e.getMessage(), clock.instant()));
            }
        } catch (RuntimeException e) {
            tell(cause.alertId(), action(kind, Outcome.FAILED, "not ended: " + e, clock.instant()));
        }
    }

    /** Notes what ended by itself; to be called now and then. */
    public synchronized void look() {
        Instant now = clock.instant();
        for (ActionKind kind : List.copyOf(started.keySet())) {
            Action running = Objects.requireNonNull(started.get(kind));
            var slot = new Slot(kind, ""); // nothing of one stratum lasts
            if (executors.containsKey(kind) && executor(kind).over(running, now)) {
                started.remove(kind);
                List<String> holders = ledger.holders(slot);
                ledger.over(slot, now);
                holders.forEach(alert -> tell(
                        alert, new Action(kind.toString(), Outcome.ENDED, running.detail(), now, running.until())));
            }
        }
    }

    private ActionExecutor executor(ActionKind kind) {
        return Objects.requireNonNull(executors.get(kind), kind.toString());
    }

    private static Action action(ActionKind kind, Outcome outcome, String detail, Instant now) {
        return new Action(kind.toString(), outcome, detail, now, Optional.empty());
    }

    private void tell(String alert, Action action) {
        LOG.atInfo()
                .addKeyValue("alert", alert)
                .addKeyValue("action", action.name())
                .addKeyValue("outcome", action.outcome())
                .addKeyValue("detail", action.detail())
                .log("drift action");
        report.accept(alert, action);
    }

    private void schedule(Duration delay, Runnable task) {
        try {
            later.run(delay, task);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("closed, the action waits for the next start");
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
