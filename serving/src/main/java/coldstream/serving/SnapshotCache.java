package coldstream.serving;

import coldstream.wire.FolderDeletion;
import coldstream.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;

/** The snapshots on this disk, by id, and which one answered last: what to serve when the registry is away at start. */
final class SnapshotCache {

    private static final String LAST = "last.json";

    private final Path folder;

    /** A version that answered. */
    record Last(String version, String snapshotId) {}

    SnapshotCache(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + folder, e);
        }
    }

    Path snapshot(String snapshotId) {
        return folder.resolve(snapshotId);
    }

    Optional<Last> last() {
        try {
            return Optional.of(Json.read(Files.readAllBytes(folder.resolve(LAST)), Last.class));
        } catch (NoSuchFileException | SerializationException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(LAST), e);
        }
    }

    /** Notes that a version answers now, and removes every other snapshot but the one before it. */
    void answers(Last now) {
        Set<String> keep = Set.copyOf(last()
                .map(before -> List.of(before.snapshotId(), now.snapshotId(), LAST))
                .orElse(List.of(now.snapshotId(), LAST))
                .stream()
                .distinct()
                .toList());
        try {
            Path part = folder.resolve(LAST + ".part");
            Files.write(part, Json.write(now));
            Files.move(part, folder.resolve(LAST), StandardCopyOption.ATOMIC_MOVE);
            try (Stream<Path> children = Files.list(folder)) {
                for (Path child : children.toList()) {
                    if (!keep.contains(String.valueOf(child.getFileName()))) {
                        FolderDeletion.delete(child);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        }
    }
}
