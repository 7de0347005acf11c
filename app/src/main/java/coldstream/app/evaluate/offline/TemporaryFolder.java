package coldstream.app.evaluate.offline;

import coldstream.wire.FolderDeletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
            FolderDeletion.delete(latest());
        }
        number++;
        return Files.createDirectory(latest());
    }

    Path latest() {
        return root.resolve(Integer.toString(number));
    }

    @Override
    public void close() throws IOException {
        FolderDeletion.delete(root);
    }
}
