package coldstream.serving;

import coldstream.domain.SnapshotManifest;
import coldstream.serving.SnapshotCache.Last;
import coldstream.wire.ModelVersion;
import coldstream.wire.RegistryClient;
import coldstream.wire.RegistryException;
import coldstream.wire.RegistryPaths;
import coldstream.wire.SnapshotFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the current version equal to the registry's champion: looks at set intervals and when woken, fetches, loads, swaps.
 *
 * <p>Whatever goes wrong, the version that answers goes on answering; a champion that cannot be used is tried again after a
 * pause that doubles.
 */
final class ChampionFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChampionFollower.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final ServingConfig config;
    private final RegistryClient registry;
    private final SnapshotCache cache;
    private final VersionLease lease;
    private final DeltaFollower answering;
    private final CurrentVersion current;
    private final ServingMetrics metrics;
    private final Clock clock;
    private final List<SwapListener> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = new Thread(this::follow, "champion-follower");
    private volatile boolean closed;
    private boolean away;
    private @Nullable Failure failure;

    /** A champion that could not be used. */
    private record Failure(String snapshotId, Duration pause, Instant until) {}

    ChampionFollower(
            ServingConfig config,
            RegistryClient registry,
            DeltaFollower answering,
            CurrentVersion current,
            ServingMetrics metrics,
            Clock clock) {
        this.config = config;
        this.registry = registry;
        this.lease = new VersionLease(registry, config.model(), clock);
        this.cache = new SnapshotCache(config.folder().resolve(config.model()));
        this.answering = answering;
        this.current = current;
        this.metrics = metrics;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void listen(SwapListener listener) {
        listeners.add(listener);
    }

    /** Looks at the registry soon. */
    void wake() {
        wake.release();
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
    }

    private void follow() {
        while (!closed) {
            try {
                look();
                wake.tryAcquire(config.poll().toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
            } catch (InterruptedException e) {
                return; // only close interrupts
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("looking at the registry failed");
            }
        }
    }

    /** One look; swaps if there is a new champion that can be used, or if users see more than they may. */
    void look() {
        if (answering.mustGoBack()) {
            current.peek().ifPresent(version -> {
                LOG.atInfo().addKeyValue("version", version.version()).log("back to the champion's snapshot");
                swap(version.version(), version.snapshotId(), false);
            });
        }
        try {
            Optional<ModelVersion> champion = registry.aliased(config.model(), RegistryPaths.CHAMPION);
            if (away) {
                LOG.atInfo().log("registry is back");
                away = false;
            }
            champion.filter(this::isNew).ifPresent(version -> swap(version.version(), id(version), true));
            current.peek().ifPresent(version -> lease.renew(version.version()));
        } catch (RegistryException.Unavailable e) {
            if (!away && !closed) {
                LOG.atWarn().addKeyValue("why", String.valueOf(e.getMessage())).log("registry is away");
            }
            away = true;
            if (current.peek().isEmpty()) {
                cache.last().ifPresent(last -> swap(last.version(), last.snapshotId(), false));
            }
        }
    }

    private boolean isNew(ModelVersion champion) {
        String id = id(champion);
        boolean answers = current.peek()
                .filter(version -> version.snapshotId().equals(id))
                .isPresent();
        boolean paused = failure != null
                && failure.snapshotId().equals(id)
                && clock.instant().isBefore(failure.until());
        return !answers && !paused;
    }

    private void swap(String version, String snapshotId, boolean download) {
        try {
            Path folder = cache.snapshot(snapshotId);
            SnapshotManifest manifest =
                    download ? registry.download(config.model(), version, folder) : SnapshotFolder.verify(folder);
            answering.champion(version, snapshotId, manifest, folder);
            Instant now = clock.instant();
            failure = null;
            metrics.swap(true);
            LOG.atInfo()
                    .addKeyValue("version", version)
                    .addKeyValue("samples", manifest.samples())
                    .log("serving a new champion");
            listeners.forEach(listener -> listener.swapped(version, manifest, now));
            cache.answers(new Last(version, snapshotId));
        } catch (RegistryException.Unavailable e) {
            throw e; // the registry's absence is no fault of the champion
        } catch (RuntimeException e) {
            failed(version, snapshotId, e);
        }
    }

    private void failed(String version, String snapshotId, RuntimeException e) {
        Failure before = failure;
        Duration pause = before != null && before.snapshotId().equals(snapshotId)
                ? before.pause().multipliedBy(2)
                : FIRST_PAUSE;
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        failure = new Failure(snapshotId, bounded, clock.instant().plus(bounded));
        metrics.swap(false);
        LOG.atWarn()
                .addKeyValue("version", version)
                .addKeyValue("why", e.toString())
                .log("champion cannot be used, the version before goes on");
    }

    static String id(ModelVersion version) {
        return version.tags().stream()
                .filter(tag -> tag.key().equals(ModelVersion.SNAPSHOT_TAG))
                .map(ModelVersion.Tag::value)
                .findFirst()
                .orElse(version.name() + "-" + version.version());
    }
}
