package coldstream.app.evaluate.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for snapshots, gone when closed; a new snapshot takes the place of the one before. */
final class TemporaryFolder implements AutoCloseable {

    private final Path root;
    private int number;

    TemporaryFolder(String name) throws IOException {
        root = Files.createTempDirectory(name + "-");
    }

    /** An empty folder instead of the latest. */
    Path fresh() throws IOException {
        if (number > 0) {
            delete(latest());
        }
        number++;
        return Files.createDirectory(latest());
    }

    Path latest() {
        return root.resolve(Integer.toString(number));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    @Override
    public void close() throws IOException {
        delete(root);
    }
}
