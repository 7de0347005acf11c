package coldstream.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Fetches everything the registry keeps as one zip file. */
final class BackupTransfer {

    private static final Duration LIMIT = Duration.ofHours(12);

    /** The last entry of a whole backup. */
    private static final String WHOLE = "complete.json";

    private final RegistryHttp http;

    BackupTransfer(RegistryHttp http) {
        this.http = http;
    }

    /**
     * Fetches it into a file that appears whole or not at all and only its owner may read.
     *
     * @return its size in bytes
     */
    long fetch(Path file) {
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            create(part);
            HttpRequest request =
                    http.request(RegistryPaths.BACKUP, LIMIT).GET().build();
            http.send(
                    request, BodyHandlers.ofFile(part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
            try (var zip = new ZipFile(part.toFile())) {
                if (zip.getEntry(WHOLE) == null) {
                    throw new RegistryException.Corrupt("a backup must hold " + WHOLE + ", got one that was cut off");
                }
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return Files.size(file);
        } catch (ZipException e) {
            throw new RegistryException.Corrupt("a backup must be a whole zip file, got one that was cut off");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        } finally {
            FolderDeletion.delete(part);
        }
    }

    private static void create(Path part) throws IOException {
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(part);
        }
    }
}
