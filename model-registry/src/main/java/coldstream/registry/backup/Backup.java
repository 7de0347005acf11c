package coldstream.registry.backup;

import coldstream.registry.artifacts.Entry;
import coldstream.registry.artifacts.Retention;
import coldstream.registry.artifacts.SnapshotStore;
import coldstream.registry.artifacts.SnapshotStore.Content;
import coldstream.wire.Json;
import coldstream.wire.RelativePath;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Writes everything the registry keeps as one zip, while it runs: all tables as they stood at one moment, then the files of
 * every version that was kept at that moment, which nobody removes meanwhile.
 *
 * <ul>
 *   <li>{@code backup.json}: what it is and of when
 *   <li>{@code tables/<n>-<table>.jsonl}: rows, each table after those it refers to
 *   <li>{@code snapshots/<id>/<path>}: files
 *   <li>{@code complete.json}: that nothing is missing
 * </ul>
 *
 * <p>Uploads that are not a version yet are left out: their clients send them again.
 */
public final class Backup {

    static final int FORMAT = 1;
    static final String HEAD = "backup.json";
    static final String TABLES = "tables/";
    static final String SNAPSHOTS = "snapshots/";
    static final String COMPLETE = "complete.json";

    private final Jdbi database;
    private final SnapshotStore snapshots;
    private final Retention retention;
    private final Clock clock;

    /** The first entry. */
    record Head(int format, Instant createdAt) {}

    /** The last entry. */
    record Complete(int tables, int snapshots) {}

    public Backup(Jdbi database, SnapshotStore snapshots, Retention retention, Clock clock) {
        this.database = database;
        this.snapshots = snapshots;
        this.retention = retention;
        this.clock = clock;
    }

    public void write(OutputStream out) throws IOException {
        try (Retention.Pause pause = retention.pause()) {
            var zip = new ZipOutputStream(out);
            zip.setLevel(Deflater.BEST_SPEED);
            put(zip, HEAD, new Head(FORMAT, clock.instant()));
            List<String> kept = new ArrayList<>();
            int tables = database.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
                kept.addAll(kept(handle));
                return tables(handle, zip);
            });
            for (String id : kept) {
                if (!snapshots.holds(id)) {
                    throw new IOException("the files of every kept version must be there, got none of " + id);
                }
                copy(zip, id, Optional.empty());
            }
            put(zip, COMPLETE, new Complete(tables, kept.size()));
            zip.finish();
            zip.flush();
        }
    }

    private static int tables(Handle handle, ZipOutputStream zip) throws IOException {
        List<String> tables = Tables.inOrder(handle);
        for (int i = 0; i < tables.size(); i++) {
            zip.putNextEntry(new ZipEntry("%s%03d-%s.jsonl".formatted(TABLES, i, tables.get(i))));
            Tables.write(handle, tables.get(i), zip);
            zip.closeEntry();
        }
        return tables.size();
    }

    private static List<String> kept(Handle handle) {
        return handle.createQuery("SELECT DISTINCT snapshot_id FROM model_version WHERE stored ORDER BY snapshot_id")
                .mapTo(String.class)
                .list();
    }

    private void copy(ZipOutputStream zip, String id, Optional<RelativePath> folder) throws IOException {
        for (Entry entry : snapshots.list(id, folder)) {
            RelativePath path =
                    RelativePath.of(folder.map(parent -> parent + "/").orElse("") + entry.path());
            if (entry.isDir()) {
                copy(zip, id, Optional.of(path));
                continue;
            }
            zip.putNextEntry(new ZipEntry(SNAPSHOTS + id + "/" + path));
            try (Content content = snapshots
                    .open(id, path, 0)
                    .orElseThrow(() -> new IOException("a file must not go while it is read, got " + path))) {
                content.stream().transferTo(zip);
            }
            zip.closeEntry();
        }
    }

    private static void put(ZipOutputStream zip, String name, Object value) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(Json.write(value));
        zip.closeEntry();
    }
}
