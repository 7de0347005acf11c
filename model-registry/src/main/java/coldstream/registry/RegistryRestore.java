package coldstream.registry;

import coldstream.registry.artifacts.SnapshotStore;
import coldstream.registry.backup.Restore;
import coldstream.registry.backup.Restore.Restored;
import coldstream.registry.store.Database;
import coldstream.service.Settings;
import java.io.IOException;
import java.nio.file.Path;

/** Brings a backup back to where the settings say a registry keeps what it has. */
public final class RegistryRestore {

    private RegistryRestore() {}

    /** @throws IOException in one line, if the file is no whole backup, or the registry is running or not empty */
    public static Restored restore(Settings settings, Path file) throws IOException {
        RegistryConfig config = RegistryConfig.from(settings);
        try (Database database = Database.open(config.database());
                SnapshotStore snapshots = Artifacts.snapshots(config)) {
            return new Restore(database.jdbi(), snapshots, config.folder().resolve("parts")).read(file);
        }
    }
}
