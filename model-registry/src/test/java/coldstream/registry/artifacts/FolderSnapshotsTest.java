package coldstream.registry.artifacts;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FolderSnapshotsTest extends SnapshotStoreContract {

    FolderSnapshotsTest(@TempDir Path folder) {
        super(folder);
    }

    @Override
    SnapshotStore open(Path disk) throws IOException {
        return new FolderSnapshots(disk.resolve("snapshots"), disk.resolve("leaving"));
    }
}
