package coldstream.registry.artifacts;

import coldstream.registry.store.LeaseTable;
import coldstream.registry.store.ModelTable;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.VersionTable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the disk from filling up. Files stay of the newest versions of each model and of the young ones, of those an alias
 * points to or a server says it uses, and of the parents of all these, which they continue.
 */
public final class Retention {

    private final Store store;
    private final ArtifactStore artifacts;
    private final int keep;
    private final Duration keepFor;
    private final Duration uploadTtl;
    private final Clock clock;
    private final AtomicInteger paused = new AtomicInteger();

    /**
     * @param keep newest versions of each model whose files stay
     * @param keepFor age up to which files stay
     * @param uploadTtl after which an upload that became no version goes
     */
    public Retention(
            Store store, ArtifactStore artifacts, int keep, Duration keepFor, Duration uploadTtl, Clock clock) {
        this.store = store;
        this.artifacts = artifacts;
        this.keep = keep;
        this.keepFor = keepFor;
        this.uploadTtl = uploadTtl;
        this.clock = clock;
    }

    /** Until this is closed nothing is removed. */
    public interface Pause extends AutoCloseable {

        @Override
        void close();
    }

    /** Nothing is removed for a while. */
    public Pause pause() {
        paused.incrementAndGet();
        return paused::decrementAndGet;
    }

    /** First the database says that files are gone, then they go: nobody is sent to files that are not there. */
    public void apply() throws IOException {
        if (paused.get() > 0) {
            return;
        }
        long before = clock.millis() - uploadTtl.toMillis();
        Set<String> wanted = store.write(handle -> {
            LeaseTable.dropExpired(handle, clock.millis());
            models(handle).forEach(model -> forget(handle, model));
            handle.execute("DELETE FROM upload WHERE taken_at < ?", before);
            return Set.copyOf(handle.select(
                            "SELECT snapshot_id FROM model_version WHERE stored UNION SELECT snapshot_id FROM upload u"
                                    + " WHERE NOT EXISTS (SELECT 1 FROM model_version v WHERE v.model = u.model"
                                    + " AND v.snapshot_id = u.snapshot_id)")
                    .mapTo(String.class)
                    .list());
        });
        for (String id : artifacts.snapshots().ids()) {
            if (!wanted.contains(id)) {
                artifacts.snapshots().delete(id);
            }
        }
        artifacts.uploads().sweep(clock.instant().minus(uploadTtl));
        artifacts.multipart().sweep(clock.instant().minus(uploadTtl));
    }

    private void forget(Handle handle, String model) {
        List<VersionRow> stored = VersionTable.stored(handle, model);
        Set<String> used = new HashSet<>();
        ModelTable.aliases(handle, model).forEach(alias -> used.add(alias.version()));
        LeaseTable.of(handle, model, clock.millis()).forEach(lease -> used.add(lease.version()));
        int oldest = VersionTable.newest(handle, model) - keep + 1;
        long young = clock.millis() - keepFor.toMillis();
        List<VersionRow> kept = stored.stream()
                .filter(row -> row.version() >= oldest
                        || row.createdAt() > young
                        || used.contains(Integer.toString(row.version())))
                .toList();
        Set<String> parents = new HashSet<>();
        kept.forEach(row -> VersionTable.manifest(handle, row).parent().ifPresent(parents::add));
        stored.stream()
                .filter(row -> !kept.contains(row) && !parents.contains(row.snapshotId()))
                .forEach(row -> VersionTable.setStored(handle, row, false));
    }

    private static List<String> models(Handle handle) {
        return handle.select("SELECT name FROM registered_model ORDER BY name")
                .mapTo(String.class)
                .list();
    }
}
