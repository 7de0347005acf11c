package coldstream.trainer;

import coldstream.trainer.in.Origin;
import coldstream.trainer.in.Step;
import coldstream.trainer.in.Steps;
import coldstream.wire.Directive;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two threads: one reads, decides and journals steps, a few ahead; the other applies them in order and takes snapshots of
 * what it has applied.
 */
final class TrainingLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

    private static final int STEPS_AHEAD = 4;
    private static final long IDLE_MILLIS = 50;
    private static final Duration LAGS_EVERY = Duration.ofMillis(500);
    private static final Duration FEEDING_ENDS = Duration.ofSeconds(2);
    private static final Duration TRAINING_ENDS = Duration.ofSeconds(3);

    private final Steps steps;
    private final Training training;
    private final SnapshotTaker snapshots;
    private final Recovery recovery;
    private final Epochs epochs;
    private final SkipLimit skipLimit;
    private final TrainerMetrics metrics;
    private final InstantSource clock;

    private final BlockingQueue<Step> ahead = new ArrayBlockingQueue<>(STEPS_AHEAD);
    private final Thread feeding = new Thread(this::feed, "trainer-input");
    private final Thread applying = new Thread(this::apply, "trainer");
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private volatile boolean stopping;
    private volatile boolean halted;
    private volatile boolean fed;
    private volatile boolean replaying = true;
    private volatile Map<String, Long> lags = Map.of();

    /** @param epochs looked at behind every step */
    TrainingLoop(
            Steps steps,
            Training training,
            SnapshotTaker snapshots,
            Recovery recovery,
            Epochs epochs,
            SkipLimit skipLimit,
            TrainerMetrics metrics,
            InstantSource clock) {
        this.steps = steps;
        this.training = training;
        this.snapshots = snapshots;
        this.recovery = recovery;
        this.epochs = epochs;
        this.skipLimit = skipLimit;
        this.metrics = metrics;
        this.clock = clock;
    }

    void start() {
        feeding.start();
        applying.start();
    }

    /** Whether it learns from what comes now. */
    boolean ready() {
        return !replaying && !stopping && failure.get() == null && applying.isAlive();
    }

    boolean replaying() {
        return replaying;
    }

    /** Why it stopped by itself, if it did. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /**
     * Has the next new step do something first.
     *
     * @return false if too many directives wait already, or nothing is learnt any more
     */
    boolean direct(Directive directive) {
        return !stopping && failure.get() == null && steps.direct(directive);
    }

    /** Records waiting by {@code topic-partition}. */
    Map<String, Long> lags() {
        return lags;
    }

    private void feed() {
        try {
            long lagsRead = System.nanoTime();
            while (!stopping) {
                Optional<Step> next = steps.next();
                if (next.isPresent()) {
                    hand(next.get());
                }
                replaying = steps.replaying();
                if (System.nanoTime() - lagsRead > LAGS_EVERY.toNanos() || next.isEmpty()) {
                    lags = steps.lags();
                    lagsRead = System.nanoTime();
                }
            }
        } catch (InterruptException | WakeupException | InterruptedException e) {
            if (!stopping) {
                fail(e);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            fed = true;
        }
    }

    private void hand(Step step) throws InterruptedException {
        while (!ahead.offer(step, IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
            if (halted || failure.get() != null) {
                return;
            }
        }
    }

    private void apply() {
        try {
            while (!halted) {
                boolean last = fed;
                boolean repeated = !replaying; // before the step is fetched: every step to repeat has been handed over
                Step step = ahead.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (step != null) {
                    apply(step);
                } else if (last) {
                    break;
                }
                snapshots.look();
                epochs.look(repeated && (step == null || !step.replayed()));
            }
            if (!halted) {
                snapshots.finish();
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.atWarn().log("trainer interrupted; the journal keeps what it had not snapshot");
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            leave();
        }
    }

    /** Closes the inputs and the journal, which both threads use, behind both. */
    private void leave() {
        try {
            while (!fed) {
                TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        steps.close();
    }

    private void apply(Step step) throws InterruptedException {
        long begin = System.nanoTime();
        long skippedBefore = training.skips().samples();
        Map<Origin, RuntimeException> refused = Map.of();
        Optional<String> skipped;
        try {
            skipped = training.apply(step);
        } catch (RuntimeException e) {
            snapshots.awaitWriter();
            Recovery.Recovered recovered = recovery.recover(step, e, training.notesChanges());
            refused = recovered.refused();
            skipped = training.recovered(recovered);
        }
        if (!refused.isEmpty() || (skipped.isPresent() && step.skipped().isEmpty())) {
            steps.conclude(step, skipped, refused);
        }
        metrics.stepApplied(
                step,
                step.record().samples() - (int) (training.skips().samples() - skippedBefore),
                refused.size(),
                System.nanoTime() - begin,
                clock.instant());
        if (!step.replayed()) {
            training.fresh(step, clock.instant(), lags);
        }
        skipLimit.look(training.skips());
    }

    private void fail(Throwable e) {
        if (failure.compareAndSet(null, e)) {
            stopping = true;
            LOG.atError().setCause(e).log("training stopped");
        }
    }

    /** Stops reading, applies what is journalled and in hand, and takes a last snapshot. */
    @Override
    public void close() {
        stopping = true;
        join(feeding, FEEDING_ENDS);
        join(applying, TRAINING_ENDS);
    }

    /** Stops as a crash would: what is journalled and not in a snapshot is left to the next start. */
    void halt() {
        halted = true;
        close();
    }

    private static void join(Thread thread, Duration patience) {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(patience.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(IDLE_MILLIS);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
