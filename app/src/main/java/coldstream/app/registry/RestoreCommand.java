package coldstream.app.registry;

import static coldstream.domain.Check.check;

import coldstream.app.Services;
import coldstream.app.SettingsOptions;
import coldstream.registry.RegistryRestore;
import coldstream.registry.backup.Restore.Restored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fills an empty registry from a backup. */
@Command(
        name = "restore",
        description = "Fills an empty registry that is not running from a file that backup wrote.",
        footer = {
            "",
            "Where to is said by the settings of the model-registry: data-directory, registry.jdbc-url, registry.s3-bucket.",
            "They need not be those of the registry the backup was taken of.",
            "Secrets of webhooks open with the key of that registry alone: registry.secrets-key, or its secrets.key."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Parameters(paramLabel = "FILE", description = "A file that backup wrote.")
    private Path file = Path.of("registry.zip");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check(Files.isRegularFile(file), "FILE must be a file that backup wrote, got %s, which is none", file);
        Restored restored = RegistryRestore.restore(options.read(Services.settings()), file);
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf("restored %d versions, %d of them with their files%n", restored.versions(), restored.snapshots());
        out.flush();
        return 0;
    }
}
