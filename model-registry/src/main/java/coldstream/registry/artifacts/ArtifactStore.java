package coldstream.registry.artifacts;

import coldstream.domain.SnapshotManifest;
import coldstream.registry.store.Refusal;
import coldstream.service.ProblemException;
import coldstream.wire.RegistryPaths;
import coldstream.wire.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The files in one local folder.
 *
 * <ul>
 *   <li>{@code files/}: what clients see; {@code files/snapshots/<id>/} appears by a rename and is read-only to them
 *   <li>{@code taken/}: uploads that are being checked, out of everybody's reach
 *   <li>{@code parts/}: files that are still arriving, and folders on their way out
 * </ul>
 */
public final class ArtifactStore {

    private static final int BUFFER = 1 << 16;
    private static final int MAX_FILE_NAME = 250;

    private final Path files;
    private final Path snapshots;
    private final Path taken;
    private final Path parts;
    private final long maxFileBytes;

    /** A file or folder as a listing shows it; the path is relative to the folder listed. */
    public record Entry(String path, boolean isDir, long fileSize) {}

    /** An upload out of clients' reach. */
    public record Taken(RelativePath from, Path folder) {}

    /** Opens the folder; an upload that was being checked when the process ended is where it was again. */
    public ArtifactStore(Path folder, long maxFileBytes) {
        this.files = folder.resolve("files");
        this.snapshots = files.resolve(RegistryPaths.SNAPSHOTS);
        this.taken = folder.resolve("taken");
        this.parts = folder.resolve("parts");
        this.maxFileBytes = maxFileBytes;
        try {
            for (Path each : List.of(snapshots, taken, parts)) {
                Files.createDirectories(each);
            }
            for (Path upload : FileTree.children(taken)) {
                String from = URLDecoder.decode(FileTree.name(upload), StandardCharsets.UTF_8);
                giveBack(new Taken(RelativePath.of(from), upload));
            }
            for (Path part : FileTree.children(parts)) {
                FileTree.delete(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + folder, e);
        }
    }

    /** Stores one file, which appears whole or not at all. */
    public void put(RelativePath path, InputStream content) throws IOException {
        checkWritable(path);
        Path part = newPart();
        try {
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copy(content, Channels.newOutputStream(out));
                out.force(true);
            }
            Path target = path.below(files);
            if (Files.isDirectory(target)) {
                throw Refusal.INVALID_PARAMETER_VALUE.because("a file must not replace a folder, got " + path);
            }
            createParent(target);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("a file must not be used as a folder, got " + path);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The file at a path, if there is one. */
    public Optional<Path> find(RelativePath path) {
        Path file = path.below(files);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file) : Optional.empty();
    }

    /** What a folder holds, by name; nothing if there is no such folder. */
    public List<Entry> list(Optional<RelativePath> folder) throws IOException {
        return FileTree.children(folder.map(path -> path.below(files)).orElse(files)).stream()
                .map(child -> new Entry(FileTree.name(child), Files.isDirectory(child), FileTree.size(child)))
                .toList();
    }

    /** Removes a file or a folder; whether there was one. */
    public boolean delete(RelativePath path) throws IOException {
        checkWritable(path);
        Path place = path.below(files);
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        discard(place);
        return true;
    }

    /** Takes an uploaded folder out of clients' reach; empty if there is none. */
    public Optional<Taken> take(RelativePath path) throws IOException {
        checkWritable(path);
        Path from = path.below(files);
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String name = RegistryPaths.encode(path.toString());
        if (name.length() > MAX_FILE_NAME) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("a source must be a short path, got " + path);
        }
        Path folder = taken.resolve(name);
        Files.move(from, folder, StandardCopyOption.ATOMIC_MOVE);
        return Optional.of(new Taken(path, folder));
    }

    /** Puts an upload back, so that asking again gives the same refusal. */
    public void giveBack(Taken upload) throws IOException {
        Path from = upload.from().below(files);
        if (Files.exists(from)) {
            discard(upload.folder());
        } else {
            createParent(from);
            Files.move(upload.folder(), from, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Makes a checked upload the snapshot of this id. */
    public void keep(Taken upload, String snapshotId) throws IOException {
        if (holds(snapshotId)) {
            discard(upload.folder());
            return;
        }
        Path place = snapshots.resolve(snapshotId);
        FileTree.sync(upload.folder());
        Files.move(upload.folder(), place, StandardCopyOption.ATOMIC_MOVE);
        FileTree.sync(snapshots);
    }

    public boolean holds(String snapshotId) {
        return Files.isDirectory(snapshots.resolve(snapshotId), LinkOption.NOFOLLOW_LINKS);
    }

    /** The manifest of a snapshot, as it was uploaded. */
    public String manifest(String snapshotId) {
        try {
            return Files.readString(snapshots.resolve(snapshotId).resolve(SnapshotManifest.FILE_NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest of " + snapshotId, e);
        }
    }

    /** Bytes of all snapshots kept. */
    public long storedBytes() {
        return FileTree.bytes(snapshots);
    }

    /**
     * Removes what nobody will come back for: snapshots that are not wanted, and uploads without a change since
     * {@code before}.
     *
     * @param wanted ids of snapshots to keep
     */
    public void sweep(Set<String> wanted, Instant before) throws IOException {
        for (Path snapshot : FileTree.children(snapshots)) {
            if (!wanted.contains(FileTree.name(snapshot))) {
                discard(snapshot);
            }
        }
        for (Path upload : FileTree.children(files.resolve(RegistryPaths.STAGING))) {
            if (FileTree.olderThan(upload, before)) {
                discard(upload);
            }
        }
    }

    /** Refuses a size before a byte has come. */
    public void checkSize(long bytes) {
        if (bytes > maxFileBytes) {
            throw tooLarge();
        }
    }

    private ProblemException tooLarge() {
        return Refusal.RESOURCE_LIMIT_EXCEEDED.because("a file must have at most " + maxFileBytes + " bytes, got more");
    }

    private static void checkWritable(RelativePath path) {
        if (path.names().get(0).equals(RegistryPaths.SNAPSHOTS)) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "a snapshot is never changed: uploads go elsewhere, such as staging/<any name>, got " + path);
        }
    }

    private void copy(InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            size += n;
            checkSize(size);
            out.write(buffer, 0, n);
        }
    }

    private Path newPart() {
        return parts.resolve(UUID.randomUUID().toString());
    }

    /** A rename makes it disappear at once; then it is deleted. */
    private void discard(Path place) throws IOException {
        Path part = newPart();
        Files.move(place, part, StandardCopyOption.ATOMIC_MOVE);
        FileTree.delete(part);
    }

    private void createParent(Path path) throws IOException {
        Path parent = path.getParent();
        Files.createDirectories(parent == null ? files : parent);
    }
}
