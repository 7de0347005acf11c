package coldstream.registry.artifacts;

import coldstream.registry.store.Refusal;
import coldstream.service.ProblemException;
import coldstream.wire.RegistryPaths;
import coldstream.wire.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Files on their way to becoming a version, in one local folder.
 *
 * <ul>
 *   <li>{@code files/}: what clients wrote and see
 *   <li>{@code taken/}: uploads that are being checked, out of everybody's reach
 *   <li>{@code parts/}: files that are still arriving, and folders on their way out
 * </ul>
 */
public final class Uploads {

    private static final int BUFFER = 1 << 16;
    private static final int MAX_FILE_NAME = 250;

    private final Path files;
    private final Path taken;
    private final Path parts;
    private final long maxFileBytes;

    /** An upload out of clients' reach. */
    public record Taken(RelativePath from, Path folder) {}

    /** Opens the folder; an upload that was being checked when the process ended is where it was again. */
    public Uploads(Path folder, long maxFileBytes) throws IOException {
        this.files = Files.createDirectories(folder.resolve("files"));
        this.taken = Files.createDirectories(folder.resolve("taken"));
        this.parts = Files.createDirectories(folder.resolve("parts"));
        this.maxFileBytes = maxFileBytes;
        for (Path upload : FileTree.children(taken)) {
            String from = URLDecoder.decode(FileTree.name(upload), StandardCharsets.UTF_8);
            giveBack(new Taken(RelativePath.of(from), upload));
        }
        for (Path part : FileTree.children(parts)) {
            FileTree.delete(part);
        }
    }

    /**
     * Stores one file, which appears whole or not at all.
     *
     * @param sha256 in hexadecimal, if the client said what it sends
     */
    public void put(RelativePath path, InputStream content, Optional<String> sha256) throws IOException {
        ArtifactStore.checkWritable(path);
        Path part = parts.resolve(UUID.randomUUID().toString());
        try {
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                String got = copy(content, Channels.newOutputStream(out));
                if (sha256.isPresent() && !sha256.get().equals(got)) {
                    throw Refusal.INVALID_PARAMETER_VALUE.because(
                            "%s must have sha256 %s, as its sender says, got %s".formatted(path, sha256.get(), got));
                }
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
    Optional<Path> find(RelativePath path) {
        Path file = path.below(files);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file) : Optional.empty();
    }

    /** What a folder holds, by name; nothing if there is no such folder. */
    List<Entry> list(Optional<RelativePath> folder) throws IOException {
        return FileTree.entries(folder.map(path -> path.below(files)).orElse(files));
    }

    /** Removes a file or a folder; whether there was one. */
    public boolean delete(RelativePath path) throws IOException {
        ArtifactStore.checkWritable(path);
        Path place = path.below(files);
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        discard(place);
        return true;
    }

    /** Takes an uploaded folder out of clients' reach; empty if there is none. */
    Optional<Taken> take(RelativePath path) throws IOException {
        ArtifactStore.checkWritable(path);
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
    void giveBack(Taken upload) throws IOException {
        Path from = upload.from().below(files);
        if (Files.exists(from)) {
            discard(upload.folder());
        } else {
            createParent(from);
            Files.move(upload.folder(), from, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Removes uploads without a change since {@code before}. */
    void sweep(Instant before) throws IOException {
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

    /** Copies at most so many bytes as a file may have; their sha256. */
    String copy(InputStream content, OutputStream out) throws IOException {
        MessageDigest hash = FileTree.sha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            size += n;
            checkSize(size);
            hash.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    /** A rename makes it disappear at once; then it is deleted. */
    private void discard(Path place) throws IOException {
        Path part = parts.resolve(UUID.randomUUID().toString());
        Files.move(place, part, StandardCopyOption.ATOMIC_MOVE);
        FileTree.delete(part);
    }

    private void createParent(Path path) throws IOException {
        Path parent = path.getParent();
        Files.createDirectories(parent == null ? files : parent);
    }
}
