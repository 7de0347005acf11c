package coldstream.registry.backup;

import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.registry.artifacts.SnapshotStore;
import coldstream.wire.Json;
import coldstream.wire.RelativePath;
import coldstream.wire.SnapshotFolder;
import coldstream.wire.SnapshotFolder.NotASnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings a backup back into a registry that is empty and not running. Every file is checked against its manifest before any
 * row is written; rows come in one transaction. A restore that failed may be repeated.
 */
public final class Restore {

    private static final int MAX_JSON = 1 << 20;
    private static final int MAX_MANIFEST = 1 << 24;

    private final Jdbi database;
    private final SnapshotStore snapshots;
    private final Path scratch;

    /** What came back. */
    public record Restored(int versions, int snapshots) {}

    /** @param scratch folder for one snapshot at a time, on the disk of a folder of snapshots */
    public Restore(Jdbi database, SnapshotStore snapshots, Path scratch) {
        this.database = database;
        this.snapshots = snapshots;
        this.scratch = scratch;
    }

    /** @throws IOException in one line, if the file is no whole backup or the registry is not empty */
    public Restored read(Path file) throws IOException {
        database.useHandle(Restore::requireEmpty);
        try (var zip = new ZipFile(file.toFile())) {
            Backup.Head head = json(zip, Backup.HEAD, Backup.Head.class);
            require(
                    head.format() == Backup.FORMAT,
                    "a backup must have format " + Backup.FORMAT + ", got " + head.format());
            Backup.Complete complete = json(zip, Backup.COMPLETE, Backup.Complete.class);
            Set<String> ids = ids(zip);
            require(
                    ids.size() == complete.snapshots(),
                    "a backup must hold its %d snapshots, got %d".formatted(complete.snapshots(), ids.size()));
            for (String id : ids) {
                snapshot(zip, id);
            }
            database.useTransaction(handle -> rows(handle, zip, complete.tables()));
        } catch (ZipException e) {
            throw new IOException("a backup must be a whole zip file, got " + e.getMessage(), e);
        }
        return database.withHandle(handle ->
                new Restored(count(handle, "model_version"), snapshots.ids().size()));
    }

    private static void requireEmpty(Handle handle) throws IOException {
        int models = count(handle, "registered_model") + count(handle, "registry_event");
        require(models == 0, "a backup must be restored into an empty registry, got one with models or a past");
    }

    private void snapshot(ZipFile zip, String id) throws IOException {
        if (snapshots.holds(id)) {
            return;
        }
        Path folder = Files.createTempDirectory(Files.createDirectories(scratch), "restore");
        String prefix = Backup.SNAPSHOTS + id + "/";
        try {
            Path manifestFile = folder.resolve(SnapshotManifest.FILE_NAME);
            extract(zip, prefix + SnapshotManifest.FILE_NAME, manifestFile, MAX_MANIFEST);
            for (Map.Entry<String, FileDigest> each :
                    new TreeMap<>(SnapshotFolder.manifest(folder).files()).entrySet()) {
                Path target = RelativePath.of(each.getKey()).below(folder);
                Path parent = target.getParent();
                Files.createDirectories(parent == null ? folder : parent);
                extract(zip, prefix + each.getKey(), target, each.getValue().size());
            }
            SnapshotFolder.verify(folder);
            require(
                    SnapshotFolder.id(folder).equals(id),
                    "a manifest must have its snapshot's hash, got another in " + id);
        } catch (NotASnapshot | IllegalArgumentException e) {
            throw new IOException("every snapshot of a backup must be whole, got " + id + ": " + e.getMessage(), e);
        }
        snapshots.keep(folder, id);
    }

    /** Never more than the manifest says, whatever the zip unfolds to. */
    private static void extract(ZipFile zip, String name, Path target, long most) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        require(entry != null, "a backup must hold " + name + ", got none");
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                require(size <= most, name + " must have at most " + most + " bytes, got more");
                out.write(buffer, 0, n);
            }
        }
    }

    private static void rows(Handle handle, ZipFile zip, int tables) throws IOException {
        List<String> known = Tables.inOrder(handle);
        List<? extends ZipEntry> entries = Collections.list(zip.entries()).stream()
                .filter(entry -> entry.getName().startsWith(Backup.TABLES))
                .sorted(java.util.Comparator.comparing(ZipEntry::getName))
                .toList();
        require(entries.size() == tables, "a backup must hold its %d tables, got %d".formatted(tables, entries.size()));
        for (ZipEntry entry : entries) {
            String table = entry.getName().replaceAll("tables/\\d+-([a-z_]+)\\.jsonl", "$1");
            require(known.contains(table), "a backup must be of this version or an older one, got the table " + table);
            try (InputStream in = zip.getInputStream(entry)) {
                Tables.read(handle, table, in);
            }
            Tables.continueIdentities(handle, table);
        }
    }

    private static Set<String> ids(ZipFile zip) throws IOException {
        Set<String> ids = new TreeSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.getName().startsWith(Backup.SNAPSHOTS)) {
                String id = entry.getName().substring(Backup.SNAPSHOTS.length()).split("/", -1)[0];
                require(id.matches("[0-9a-f]{64}"), "a snapshot's id must be a sha256, got " + id);
                ids.add(id);
            }
        }
        return ids;
    }

    private static <T> T json(ZipFile zip, String name, Class<T> type) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("a backup must hold " + name + ", got none: it is not one, or not whole");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return Json.read(in.readNBytes(MAX_JSON), type);
        }
    }

    private static int count(Handle handle, String table) {
        return handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Integer.class)
                .one();
    }

    private static void require(boolean holds, String message) throws IOException {
        if (!holds) {
            throw new IOException(message);
        }
    }
}
