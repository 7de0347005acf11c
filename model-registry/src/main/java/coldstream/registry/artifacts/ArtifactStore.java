package coldstream.registry.artifacts;

import coldstream.domain.SnapshotManifest;
import coldstream.registry.artifacts.SnapshotStore.Content;
import coldstream.registry.store.Refusal;
import coldstream.wire.RegistryPaths;
import coldstream.wire.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All files as clients see them: uploads anywhere, and snapshots, which are read-only to them, at {@code snapshots/<id>/}. */
public final class ArtifactStore {

    private static final RelativePath MANIFEST = RelativePath.of(SnapshotManifest.FILE_NAME);

    private final Uploads uploads;
    private final Multipart multipart;
    private final SnapshotStore snapshots;

    public ArtifactStore(Uploads uploads, Multipart multipart, SnapshotStore snapshots) {
        this.uploads = uploads;
        this.multipart = multipart;
        this.snapshots = snapshots;
    }

    public Uploads uploads() {
        return uploads;
    }

    public Multipart multipart() {
        return multipart;
    }

    public SnapshotStore snapshots() {
        return snapshots;
    }

    /** The snapshot a path leads into. */
    public static Optional<String> snapshot(RelativePath path) {
        boolean into = isReadOnly(path) && path.names().size() > 1;
        return into ? Optional.of(path.names().get(1)) : Optional.empty();
    }

    /** The path within the snapshot; empty for the snapshot itself. */
    public static Optional<RelativePath> within(RelativePath path) {
        List<String> names = path.names();
        return names.size() > 2 ? Optional.of(new RelativePath(names.subList(2, names.size()))) : Optional.empty();
    }

    /** Refuses a path that clients cannot write. */
    static void checkWritable(RelativePath path) {
        if (isReadOnly(path)) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "a snapshot is never changed: uploads go elsewhere, such as staging/<any name>, got " + path);
        }
    }

    /** What a folder holds, by name; nothing if there is no such folder. */
    public List<Entry> list(Optional<RelativePath> folder) throws IOException {
        if (folder.isEmpty()) {
            List<Entry> all = new ArrayList<>(uploads.list(folder));
            all.removeIf(entry -> entry.path().equals(RegistryPaths.SNAPSHOTS));
            all.add(new Entry(RegistryPaths.SNAPSHOTS, true, 0));
            return all;
        }
        RelativePath path = folder.get();
        if (!isReadOnly(path)) {
            return uploads.list(folder);
        }
        Optional<String> id = snapshot(path);
        if (id.isEmpty()) {
            return snapshots.ids().stream()
                    .map(each -> new Entry(each, true, 0))
                    .toList();
        }
        return snapshots.holds(id.get()) ? snapshots.list(id.get(), within(path)) : List.of();
    }

    /** An upload's file from a byte on. */
    public Optional<Content> openUpload(RelativePath path, long from) throws IOException {
        Optional<Path> file = uploads.find(path);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        InputStream stream = Files.newInputStream(file.get());
        stream.skipNBytes(from);
        return Optional.of(new Content(stream, Files.size(file.get())));
    }

    /** The manifest of a snapshot, as it was uploaded. */
    byte[] manifest(String snapshotId) throws IOException {
        try (Content content = snapshots
                .open(snapshotId, MANIFEST, 0)
                .orElseThrow(() -> new IOException("there is no manifest of " + snapshotId))) {
            return content.stream().readAllBytes();
        }
    }

    private static boolean isReadOnly(RelativePath path) {
        return path.names().get(0).equals(RegistryPaths.SNAPSHOTS);
    }
}
