package coldstream.trainer.out;

import coldstream.trainer.out.SnapshotStore.Stored;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and publishes snapshots behind the trainer's back: never two writes at once, never two publications at once. While
 * the registry is away the newest snapshot waits, older ones are given up. Thread-safe.
 */
public final class Snapshots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final int REMEMBERED = 1_000;

    private final SnapshotStore store;
    private final SnapshotPublisher publisher;
    private final Duration pause;
    private final LongConsumer journalBefore;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> thread(task, "snapshot-writer"));
    private final Thread publishing = thread(this::publishAll, "snapshot-publisher");
    private final AtomicBoolean writing = new AtomicBoolean();

    private final Object lock = new Object();
    private final Deque<SnapshotSummary> done = new ArrayDeque<>();
    private @Nullable Stored waiting;
    private @Nullable Stored publishingNow;
    private boolean closed;

    /**
     * @param pause before a publication that failed is tried again
     * @param journalBefore told, behind every snapshot, the offset of the journal before which nobody will ask again
     */
    public Snapshots(SnapshotStore store, SnapshotPublisher publisher, Duration pause, LongConsumer journalBefore) {
        this.store = store;
        this.publisher = publisher;
        this.pause = pause;
        this.journalBefore = journalBefore;
        publishing.start();
    }

    /** Whether nothing is being written, so that a new snapshot may be captured. */
    public boolean idle() {
        return !writing.get();
    }

    /**
     * Writes in the background, then publishes.
     *
     * @param write writes a captured state into the store and returns it
     */
    public void submit(Supplier<Stored> write) {
        writing.set(true);
        writer.execute(() -> {
            try {
                written(write.get());
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("snapshot not written");
            } finally {
                writing.set(false);
            }
        });
    }

    /** Publishes a snapshot that is already on disk, such as the one a trainer started from. */
    public void resume(Stored stored) {
        if (store.version(stored).isEmpty()) {
            offer(stored);
        }
    }

    /** The snapshots of this run, oldest first. */
    public List<SnapshotSummary> summaries() {
        synchronized (lock) {
            return done.stream()
                    .sorted(Comparator.comparingLong(SnapshotSummary::step))
                    .toList();
        }
    }

    private void written(Stored stored) {
        LOG.atInfo()
                .addKeyValue("snapshot", stored.id())
                .addKeyValue("samples", stored.manifest().samples())
                .log("snapshot written");
        synchronized (lock) {
            done.add(SnapshotSummary.of(stored, Optional.empty()));
            if (done.size() > REMEMBERED) {
                done.remove();
            }
        }
        offer(stored);
        store.prune(inUse());
        store.journalNeeded().ifPresent(journalBefore);
    }

    private Set<String> inUse() {
        synchronized (lock) {
            return publishingNow == null ? Set.of() : Set.of(publishingNow.id());
        }
    }

    private void offer(Stored stored) {
        synchronized (lock) {
            waiting = stored;
            lock.notifyAll();
        }
    }

    private void publishAll() {
        try {
            while (true) {
                publish(next());
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("publisher stopped");
        }
    }

    private Stored next() throws InterruptedException {
        synchronized (lock) {
            publishingNow = null;
            lock.notifyAll();
            while (waiting == null) {
                lock.wait();
            }
            Stored stored = waiting;
            waiting = null;
            publishingNow = stored;
            return stored;
        }
    }

    private void publish(Stored stored) throws InterruptedException {
        try {
            String version = publisher.publish(stored.folder());
            store.published(stored, version);
            synchronized (lock) {
                done.removeIf(summary -> summary.id().equals(stored.id()));
                done.add(SnapshotSummary.of(stored, Optional.of(version)));
            }
            LOG.atInfo()
                    .addKeyValue("snapshot", stored.id())
                    .addKeyValue("version", version)
                    .log("snapshot published");
        } catch (SnapshotPublisher.UnavailableException e) {
            LOG.atWarn()
                    .addKeyValue("snapshot", stored.id())
                    .addKeyValue("why", e.getMessage())
                    .log("registry out of reach, snapshot waits");
            synchronized (lock) {
                if (waiting == null) {
                    waiting = stored;
                }
            }
            Thread.sleep(pause.toMillis());
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("snapshot", stored.id()).setCause(e).log("snapshot refused");
        }
    }

    /** Waits until everything is written and published, at most this long. */
    public boolean settle(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (lock) {
            while (writing.get() || waiting != null || publishingNow != null) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                lock.wait(Math.max(1, Math.min(50, TimeUnit.NANOSECONDS.toMillis(left))));
            }
            return true;
        }
    }

    /** Lets a write end; what is not yet published stays on disk and is published by the next start. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        writer.shutdown();
        try {
            if (!writer.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.atWarn().log("snapshot not written in time");
            }
            publishing.interrupt();
            publishing.join(500);
        } catch (InterruptedException e) {
            publishing.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
