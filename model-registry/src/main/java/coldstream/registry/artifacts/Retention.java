package coldstream.registry.artifacts;

import coldstream.registry.store.ModelTable;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionTable;
import coldstream.wire.RegisteredModel.Alias;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Keeps the disk from filling up: files stay for the newest versions of each model and those an alias points to. */
public final class Retention {

    private final Store store;
    private final ArtifactStore artifacts;
    private final int keep;
    private final Duration uploadTtl;
    private final Clock clock;

    /**
     * @param keep newest versions of each model whose files stay
     * @param uploadTtl after which an upload that became no version goes
     */
    public Retention(Store store, ArtifactStore artifacts, int keep, Duration uploadTtl, Clock clock) {
        this.store = store;
        this.artifacts = artifacts;
        this.keep = keep;
        this.uploadTtl = uploadTtl;
        this.clock = clock;
    }

    /** First the database says that files are gone, then they go: nobody is sent to files that are not there. */
    public void apply() throws IOException {
        long before = clock.millis() - uploadTtl.toMillis();
        Set<String> wanted = store.write(handle -> {
            models(handle).forEach(model -> forget(handle, model));
            handle.execute("DELETE FROM upload WHERE taken_at < ?", before);
            return Set.copyOf(handle.select(
                            "SELECT snapshot_id FROM model_version WHERE stored UNION SELECT snapshot_id FROM upload u"
                                    + " WHERE NOT EXISTS (SELECT 1 FROM model_version v WHERE v.model = u.model"
                                    + " AND v.snapshot_id = u.snapshot_id)")
                    .mapTo(String.class)
                    .list());
        });
        artifacts.sweep(wanted, clock.instant().minus(uploadTtl));
    }

    private void forget(Handle handle, String model) {
        Set<String> aliased =
                ModelTable.aliases(handle, model).stream().map(Alias::version).collect(Collectors.toSet());
        int oldest = VersionTable.newest(handle, model) - keep + 1;
        VersionTable.stored(handle, model).stream()
                .filter(row -> row.version() < oldest)
                .filter(row -> !aliased.contains(Integer.toString(row.version())))
                .forEach(row -> VersionTable.setStored(handle, row, false));
    }

    private static List<String> models(Handle handle) {
        return handle.select("SELECT name FROM registered_model ORDER BY name")
                .mapTo(String.class)
                .list();
    }
}
