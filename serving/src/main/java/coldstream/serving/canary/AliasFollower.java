package coldstream.serving.canary;

import coldstream.serving.CurrentVersion;
import coldstream.serving.LoadedVersion;
import coldstream.wire.ModelVersion;
import coldstream.wire.RegistryException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the version an alias names ready beside the champion, for as long as it names one. Without the registry it keeps what
 * it has; a version that cannot be loaded is tried again after a pause.
 */
public final class AliasFollower implements AutoCloseable {

    /** Alias of the version that a share of the users is answered by. */
    public static final String CANARY = "canary";

    /** Tag of the canary: which share of the users it answers, in [0, 1]. */
    public static final String SHARE_TAG = "canary_share";

    private static final Logger LOG = LoggerFactory.getLogger(AliasFollower.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String alias;
    private final Source source;
    private final CurrentVersion into;
    private final Duration poll;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private volatile double share;
    private @Nullable String loaded;
    private @Nullable String failed;
    private long retryAt;

    /** Where versions come from. */
    public interface Source {

        /** What the alias names now, unless that is the champion itself. */
        Optional<ModelVersion> look();

        /** Makes it ready. */
        LoadedVersion load(ModelVersion version);
    }

    public AliasFollower(String alias, Source source, CurrentVersion into, Duration poll) {
        this.alias = alias;
        this.source = source;
        this.into = into;
        this.poll = poll;
        thread = new Thread(this::follow, alias + "-follower");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Looks soon. */
    public void wake() {
        wake.release();
    }

    /** What the version's tag says, in [0, 1]; 0 without one. */
    public double share() {
        return share;
    }

    private void follow() {
        while (!closed) {
            try {
                look();
                wake.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
            } catch (InterruptedException e) {
                return; // only close interrupts
            }
        }
    }

    private void look() {
        try {
            Optional<ModelVersion> named = source.look();
            if (named.isEmpty()) {
                share = 0;
                loaded = null;
                into.close();
                return;
            }
            ModelVersion version = named.get();
            boolean paused = version.version().equals(failed) && System.nanoTime() - retryAt < 0;
            if (!version.version().equals(loaded) && !paused) {
                load(version);
            }
            share = version.version().equals(loaded) ? share(version) : 0;
        } catch (RegistryException.Unavailable e) {
            LOG.atDebug().addKeyValue("alias", alias).log("registry is away");
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("alias", alias).setCause(e).log("looking at the registry failed");
        }
    }

    private void load(ModelVersion version) {
        try {
            into.swap(source.load(version));
            loaded = version.version();
            failed = null;
            LOG.atInfo()
                    .addKeyValue("alias", alias)
                    .addKeyValue("version", loaded)
                    .log("a version is ready beside the champion");
        } catch (RegistryException.Unavailable e) {
            throw e;
        } catch (RuntimeException e) {
            failed = version.version();
            retryAt = System.nanoTime() + PAUSE_NANOS;
            LOG.atWarn()
                    .addKeyValue("alias", alias)
                    .addKeyValue("version", failed)
                    .addKeyValue("why", e.toString())
                    .log("a version beside the champion cannot be used");
        }
    }

    /** A tag that is no share is none. */
    private static double share(ModelVersion version) {
        return version.tags().stream()
                .filter(tag -> tag.key().equals(SHARE_TAG))
                .map(tag -> {
                    try {
                        double value = Double.parseDouble(tag.value());
                        return value >= 0 && value <= 1 ? value : 0.0;
                    } catch (NumberFormatException e) {
                        return 0.0;
                    }
                })
                .findFirst()
                .orElse(0.0);
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
        into.close();
    }
}
