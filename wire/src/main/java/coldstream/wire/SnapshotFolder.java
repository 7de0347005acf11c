package coldstream.wire;

import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;

/** A snapshot in the file system: {@value SnapshotManifest#FILE_NAME} and exactly the files it lists. */
public final class SnapshotFolder {

    private static final int BUFFER = 1 << 16;
    private static final int MAX_MANIFEST = 1 << 24;

    /** The folder is not the snapshot its manifest speaks of. */
    public static final class NotASnapshot extends RuntimeException {

        private static final long serialVersionUID = 1;

        public NotASnapshot(String message) {
            super(message);
        }

        NotASnapshot(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private SnapshotFolder() {}

    /** Size and sha256 of every file below the folder but the manifest, by path with {@code /}: what a manifest lists. */
    public static Map<String, FileDigest> digests(Path folder) {
        var digests = new TreeMap<String, FileDigest>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>)
                    files.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))::iterator) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (!path.equals(SnapshotManifest.FILE_NAME)) {
                    digests.put(path, digest(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
        return digests;
    }

    /** Size and sha256 of one file. */
    public static FileDigest digest(Path file) {
        MessageDigest hash = sha256();
        long size = 0;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
                size += n;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return new FileDigest(size, HexFormat.of().formatHex(hash.digest()));
    }

    /** The name of a snapshot: the sha256 of its manifest, which holds the sha256 of everything else. */
    public static String id(Path folder) {
        return digest(folder.resolve(SnapshotManifest.FILE_NAME)).sha256();
    }

    /**
     * The manifest as it is written, unchecked against the files.
     *
     * @throws NotASnapshot if there is none, or it is not one
     */
    public static SnapshotManifest manifest(Path folder) {
        Path file = folder.resolve(SnapshotManifest.FILE_NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotASnapshot("a snapshot must have a " + SnapshotManifest.FILE_NAME + ", got none");
        }
        try {
            if (Files.size(file) > MAX_MANIFEST) {
                throw new NotASnapshot(
                        "a manifest must have at most " + MAX_MANIFEST + " bytes, got " + Files.size(file));
            }
            return manifest(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /**
     * Reads a manifest.
     *
     * @throws NotASnapshot if the bytes are not one, or it lists a path that leaves the folder
     */
    public static SnapshotManifest manifest(byte[] bytes) {
        try {
            SnapshotManifest manifest = Json.read(bytes, SnapshotManifest.class);
            manifest.files().keySet().forEach(RelativePath::of);
            return manifest;
        } catch (SerializationException | IllegalArgumentException e) {
            throw new NotASnapshot("the manifest cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Checks that the folder holds exactly the files of its manifest, each with its size and hash.
     *
     * @throws NotASnapshot saying which file breaks which rule
     */
    public static SnapshotManifest verify(Path folder) {
        SnapshotManifest manifest = manifest(folder);
        Map<String, FileDigest> found = digests(folder);
        manifest.files().forEach((path, wanted) -> {
            FileDigest got = found.get(path);
            if (got == null) {
                throw new NotASnapshot("the snapshot must have the file " + path + " of its manifest, got none");
            }
            if (got.size() != wanted.size()) {
                throw new NotASnapshot("%s must have %d bytes, got %d".formatted(path, wanted.size(), got.size()));
            }
            if (!got.sha256().equals(wanted.sha256())) {
                throw new NotASnapshot("%s must have sha256 %s, got %s".formatted(path, wanted.sha256(), got.sha256()));
            }
        });
        for (String path : found.keySet()) {
            if (!manifest.files().containsKey(path)) {
                throw new NotASnapshot("every file must be in the manifest, got " + path);
            }
        }
        return manifest;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError("every Java runtime has SHA-256", e);
        }
    }
}
