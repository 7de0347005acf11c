package coldstream.trainer;

import coldstream.trainer.in.StartingPoint;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.trainer.out.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Takes snapshots of a training as a rule says, never while another is written. Of one thread but for {@link #lastTime}. */
final class SnapshotTaker {

    private static final long IDLE_MILLIS = 50;

    private final Training training;
    private final Snapshots snapshots;
    private final SnapshotStore store;
    private final SnapshotRule rule;
    private final InstantSource clock;

    private StartingPoint lastPlace;
    private long lastSamples;
    private volatile Instant lastTime;

    SnapshotTaker(Training training, Snapshots snapshots, SnapshotStore store, SnapshotRule rule, InstantSource clock) {
        this.training = training;
        this.snapshots = snapshots;
        this.store = store;
        this.rule = rule;
        this.clock = clock;
        lastPlace = training.place();
        lastSamples = training.samples();
        lastTime = clock.instant();
    }

    /** When the state of the newest snapshot was captured; the start if there is none in this run. */
    Instant lastTime() {
        return lastTime;
    }

    /** Takes one if it is due. */
    void look() {
        boolean due = rule.due(
                training.samples(),
                training.samples() - lastSamples,
                training.place().step() - lastPlace.step(),
                Duration.between(lastTime, clock.instant()));
        if (due && snapshots.idle()) {
            take();
        }
    }

    /** Takes the last one, if anything was applied since the one before. */
    void finish() throws InterruptedException {
        if (!training.place().equals(lastPlace)) {
            awaitWriter();
            take();
        }
    }

    /** Waits until nothing is being written. */
    void awaitWriter() throws InterruptedException {
        while (!snapshots.idle()) {
            TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
        }
    }

    private void take() {
        Instant now = clock.instant();
        Capture capture = training.capture(now);
        lastPlace = training.place();
        lastSamples = training.samples();
        lastTime = now;
        snapshots.submit(() -> {
            try {
                Stored stored = capture.write(store);
                training.written(stored);
                return stored;
            } catch (RuntimeException e) {
                training.lost(capture);
                throw e;
            }
        });
    }
}
