package coldstream.app.evaluate.prequential;

import coldstream.wire.FolderDeletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A folder in the cache that is gone when the work is. One that a killed run left behind is deleted by a later run, a day
 * after.
 */
final class WorkFolder implements AutoCloseable {

    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Path path;

    WorkFolder(Path cache) throws IOException {
        Path parent = Files.createDirectories(cache.resolve("evaluate"));
        try (Stream<Path> folders = Files.list(parent)) {
            folders.filter(WorkFolder::leftBehind).forEach(FolderDeletion::delete);
        }
        path = Files.createTempDirectory(parent, "stream-");
    }

    Path path() {
        return path;
    }

    private static boolean leftBehind(Path folder) {
        try {
            Instant changed = Files.getLastModifiedTime(folder).toInstant();
            return changed.plus(LEFT_BEHIND).isBefore(Instant.now());
        } catch (IOException e) {
            return false; // another run has just deleted it
        }
    }

    @Override
    public void close() {
        FolderDeletion.delete(path);
    }
}
