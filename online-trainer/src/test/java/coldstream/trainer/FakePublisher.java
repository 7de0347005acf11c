package coldstream.trainer;

import coldstream.trainer.out.SnapshotPublisher;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A registry in a folder; it can be away. Thread-safe. */
final class FakePublisher implements SnapshotPublisher {

    private final Path root;
    private final List<String> published = new ArrayList<>();
    private boolean away;

    FakePublisher(Path root) {
        this.root = root;
    }

    synchronized void away(boolean isAway) {
        away = isAway;
    }

    /** Ids in the order of publication; the version is the place, from 1. */
    synchronized List<String> published() {
        return List.copyOf(published);
    }

    @Override
    public synchronized String publish(Path snapshot) {
        checkThere();
        SnapshotFolder.verify(snapshot);
        String id = SnapshotFolder.id(snapshot);
        if (!published.contains(id)) {
            published.add(id);
            copy(snapshot, root.resolve(Integer.toString(published.size())));
        }
        return Integer.toString(published.indexOf(id) + 1);
    }

    @Override
    public synchronized Optional<String> fetchNewest(Path folder) {
        checkThere();
        if (published.isEmpty()) {
            return Optional.empty();
        }
        String version = Integer.toString(published.size());
        copy(root.resolve(version), folder);
        return Optional.of(version);
    }

    private void checkThere() {
        if (away) {
            throw new UnavailableException("the registry is away", new IOException("refused"));
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.toAbsolutePath().getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
