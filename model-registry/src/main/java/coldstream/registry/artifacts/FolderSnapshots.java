package coldstream.registry.artifacts;

import coldstream.wire.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Snapshots in a local folder, each appearing by a rename. */
public final class FolderSnapshots implements SnapshotStore {

    private final Path snapshots;
    private final Path leaving;

    /**
     * @param snapshots where they are
     * @param leaving for what is on its way out, on the same disk
     */
    public FolderSnapshots(Path snapshots, Path leaving) throws IOException {
        this.snapshots = Files.createDirectories(snapshots);
        this.leaving = Files.createDirectories(leaving);
    }

    @Override
    public void keep(Path folder, String id) throws IOException {
        if (holds(id)) {
            FileTree.delete(folder);
            return;
        }
        FileTree.sync(folder);
        Files.move(folder, snapshots.resolve(id), StandardCopyOption.ATOMIC_MOVE);
        FileTree.sync(snapshots);
    }

    @Override
    public boolean holds(String id) {
        return Files.isDirectory(snapshots.resolve(id), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<Content> open(String id, RelativePath path, long from) throws IOException {
        Path file = path.below(snapshots.resolve(id));
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        InputStream stream = Files.newInputStream(file);
        stream.skipNBytes(from);
        return Optional.of(new Content(stream, Files.size(file)));
    }

    @Override
    public List<Entry> list(String id, Optional<RelativePath> folder) throws IOException {
        Path place = snapshots.resolve(id);
        return FileTree.entries(folder.map(path -> path.below(place)).orElse(place));
    }

    @Override
    public List<String> ids() throws IOException {
        return FileTree.children(snapshots).stream().map(FileTree::name).toList();
    }

    @Override
    public void close() {}

    @Override
    public void delete(String id) throws IOException {
        if (holds(id)) {
            Path out = leaving.resolve(UUID.randomUUID().toString());
            Files.move(snapshots.resolve(id), out, StandardCopyOption.ATOMIC_MOVE);
            FileTree.delete(out);
        }
    }
}
