package coldstream.serving;

import coldstream.domain.SnapshotManifest;
import coldstream.serving.delta.DeltaLine;
import coldstream.serving.delta.DeltaMetrics;
import coldstream.serving.delta.DeltaMode;
import coldstream.serving.delta.DeltaSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what answers: the champion's snapshot and, as long as the registry lets them, the epochs since. An epoch comes to
 * answer as a new version does: whole, at once, and behind the requests under way. Thread-safe.
 */
final class DeltaFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeltaFollower.class);
    private static final Duration PULL = Duration.ofMillis(100);
    private static final Duration CATCH_UP = Duration.ofSeconds(10);
    private static final long UNKNOWN = -1;

    private final DeltaMode mode;
    private final Supplier<DeltaSource> sources;
    private final FollowingModel.Loader loader;
    private final PromotionGate gate;
    private final CurrentVersion current;
    private final ServingMetrics metrics;
    private final DeltaMetrics deltaMetrics;
    private final Clock clock;
    private final List<EpochListener> listeners = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Followed> retired = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::follow, "delta-follower");
    private volatile boolean closed;
    private volatile @Nullable Followed followed;
    private long shown = UNKNOWN;

    /** What has taken in more than answers. */
    private @Nullable Followed ahead;

    /** Making something that answers costs a pass over the catalogue; as long as it took nothing is made. */
    private long restUntil = System.nanoTime();

    private boolean away;

    DeltaFollower(
            DeltaMode mode,
            Supplier<DeltaSource> sources,
            FollowingModel.Loader loader,
            PromotionGate gate,
            CurrentVersion current,
            ServingMetrics metrics,
            DeltaMetrics deltaMetrics,
            Clock clock) {
        this.mode = mode;
        this.sources = sources;
        this.loader = loader;
        this.gate = gate;
        this.current = current;
        this.metrics = metrics;
        this.deltaMetrics = deltaMetrics;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void listen(EpochListener listener) {
        listeners.add(listener);
    }

    /**
     * Has another snapshot answer, with the epochs since that are there, when this returns.
     *
     * @throws RuntimeException if it cannot; what answered goes on
     */
    void champion(String version, String snapshotId, SnapshotManifest manifest, Path folder) {
        Followed next = caughtUp(version, snapshotId, manifest, folder);
        LoadedVersion now;
        try {
            now = next.now();
        } catch (RuntimeException e) {
            next.close();
            throw e;
        }
        synchronized (this) {
            Followed before = followed;
            followed = next;
            show(next, now);
            if (before != null) {
                retired.add(before);
            }
        }
        closeRetiredIfNobodyPulls();
    }

    private Followed caughtUp(String version, String snapshotId, SnapshotManifest manifest, Path folder) {
        FollowingModel model = loader.load(folder);
        DeltaLine line = mode == DeltaMode.OFF ? null : line(snapshotId, manifest, model);
        Followed next = new Followed(version, snapshotId, manifest, model, line);
        if (line != null && gate.open()) {
            catchUp(line);
            if (line.spoiled()) {
                next.close();
                return new Followed(version, snapshotId, manifest, loader.load(folder), null);
            }
        }
        return next;
    }

    private @Nullable DeltaLine line(String snapshotId, SnapshotManifest manifest, FollowingModel model) {
        try {
            return new DeltaLine(snapshotId, manifest, mode, model::apply, sources.get(), deltaMetrics, clock);
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("why", e.toString()).log("deltas cannot be read, the snapshot answers");
            return null;
        }
    }

    /** Takes in the epochs that are there, so that nobody is taken back by a newer snapshot. */
    private void catchUp(DeltaLine line) {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        try {
            long end = line.end();
            while (!closed && System.nanoTime() < deadline && !line.reads(end)) {
                var unused = line.pull(PULL);
            }
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("why", e.toString()).log("deltas cannot be read, the snapshot answers");
        }
    }

    /** Whether users see more than the champion's snapshot although they may not any more. */
    boolean mustGoBack() {
        Followed now = followed;
        return mode != DeltaMode.OFF
                && gate.closed().isPresent()
                && now != null
                && current.peek()
                        .filter(version -> version.reached().epoch() > now.begin())
                        .isPresent();
    }

    private void follow() {
        while (!closed) {
            try {
                closeRetired();
                Followed now = followed;
                if (now == null || now.line == null || now.line.broken().isPresent() || !gate.open()) {
                    TimeUnit.MILLISECONDS.sleep(PULL.toMillis());
                } else if (pull(now, now.line)) {
                    advance(now);
                }
                away = false;
            } catch (InterruptedException e) {
                break; // only close interrupts
            } catch (KafkaException e) {
                tellAway(e);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("deltas cannot be taken in");
                rest();
            }
        }
        closeRetired();
    }

    /** Takes in what is there; whether it is time to have it answer. */
    private boolean pull(Followed of, DeltaLine line) {
        boolean moved = line.pull(PULL);
        if (moved) {
            ahead = of;
        }
        return ahead == of && System.nanoTime() - restUntil >= 0;
    }

    private void advance(Followed of) {
        ahead = null;
        long began = System.nanoTime();
        LoadedVersion next = of.now();
        long took = System.nanoTime() - began;
        deltaMetrics.prepared(took);
        restUntil = System.nanoTime() + took;
        synchronized (this) {
            if (followed == of && gate.open()) {
                show(of, next);
                return;
            }
        }
        next.release();
    }

    private void show(Followed of, LoadedVersion next) {
        current.swap(next);
        Instant now = clock.instant();
        Reached reached = next.reached();
        if (of.line == null || !of.line.tells()) {
            metrics.servable(of.manifest());
        } else {
            var arrivals = of.line.arrivals(shown, reached.epoch());
            if (shown != UNKNOWN) { // what came before this process began is not its latency
                metrics.servable(arrivals, now);
            }
        }
        shown = Math.max(shown, reached.epoch());
        for (EpochListener listener : listeners) {
            try {
                listener.answers(next.version(), reached, now);
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("a listener failed");
            }
        }
    }

    private void tellAway(KafkaException e) {
        if (closed) {
            return;
        }
        if (!away) {
            LOG.atWarn().addKeyValue("why", e.toString()).log("deltas cannot be read, what answers goes on");
        }
        away = true;
        rest();
    }

    private void rest() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread that reads a line closes it. */
    private void closeRetired() {
        for (Followed old = retired.poll(); old != null; old = retired.poll()) {
            old.close();
        }
    }

    private void closeRetiredIfNobodyPulls() {
        if (!thread.isAlive()) {
            closeRetired();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Followed last = followed;
        followed = null;
        if (last != null) {
            last.close();
        }
        closeRetired();
    }

    /** Why deltas do not flow, if they do not. */
    Optional<String> stopped() {
        Followed now = followed;
        return gate.closed().or(() -> now == null || now.line == null ? Optional.empty() : now.line.broken());
    }
}
