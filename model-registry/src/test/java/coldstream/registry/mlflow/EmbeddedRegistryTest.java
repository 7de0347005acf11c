package coldstream.registry.mlflow;

import coldstream.registry.store.DatabaseConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract over the embedded database. */
final class EmbeddedRegistryTest extends RegistryContract {

    private final Path folder;

    EmbeddedRegistryTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    DatabaseConfig empty() {
        return new DatabaseConfig(folder, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
