package coldstream.app.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Fetches everything a running registry keeps. */
@Command(
        name = "backup",
        description =
                "Writes everything a running registry keeps to a file: versions with their files, aliases, the audit.",
        footer = {
            "",
            "The file appears whole or not at all. Secrets of webhooks are in it as they are sealed: take their key along",
            "(registry.secrets-key, or secrets.key below the registry's folder).",
            "The secret given must have the role promote."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    @Mixin
    private final RegistryAccess registry = new RegistryAccess();

    @Parameters(paramLabel = "FILE", description = "A zip file; one that is there is replaced.")
    private Path file = Path.of("registry.zip");

    @Override
    public Integer call() throws IOException {
        return registry.answer(
                asked -> Map.of(
                        "file", file.toString(), "bytes", asked.registry().backup(file)),
                written -> "wrote %s, %s bytes%n".formatted(written.get("file"), written.get("bytes")));
    }
}
