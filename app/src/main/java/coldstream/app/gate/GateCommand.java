package coldstream.app.gate;

import coldstream.app.Services;
import coldstream.app.SettingsOptions;
import coldstream.service.Secret;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.trainer.learning.GateReport;
import coldstream.wire.FolderDeletion;
import coldstream.wire.Json;
import coldstream.wire.RegistryClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints how far a snapshot trusts the language model, cell by cell, and on what evidence. */
@Command(
        name = "gate",
        description = "Prints a snapshot's trust in the language model by cell of user and item, with its evidence.",
        footer = {
            "",
            "A cell is users by coldness and items as head, tail or new. Alpha is what the gate gives an item of",
            "middling uncertainty; agreement is how often the language model put an item somebody took before one",
            "they did not, older comparisons faded. Where it is right by chance, agreement is one half."
        },
        mixinStandardHelpOptions = true)
public final class GateCommand implements Callable<Integer> {

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--snapshot", paramLabel = "DIR", description = "Folder of a snapshot.")
    private @Nullable Path snapshot;

    @Option(
            names = "--alias",
            paramLabel = "NAME",
            description = "Instead of a folder: alias of a version in the registry, such as champion.")
    private @Nullable String alias;

    @Option(names = "--json", description = "For machines.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if ((snapshot == null) == (alias == null)) {
            throw new ParameterException(command.commandLine(), "either --snapshot or --alias must be given");
        }
        GateReport report = snapshot != null ? GateReport.read(snapshot) : registered(Objects.requireNonNull(alias));
        PrintWriter out = command.commandLine().getOut();
        out.print(
                json
                        ? Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report)
                                + System.lineSeparator()
                        : GateText.of(report));
        out.flush();
        return 0;
    }

    private GateReport registered(String name) throws IOException {
        Settings settings = options.read(Services.settings());
        var registry = new RegistryClient(
                settings.get(SharedSettings.REGISTRY_URL),
                settings.get(SharedSettings.REGISTRY_TOKEN).map(Secret::reveal));
        String model = settings.get(SharedSettings.MODEL_NAME);
        String version = registry.alias(model, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the alias must point to a version of %s, got %s".formatted(model, name)));
        Path parent = Files.createTempDirectory("coldstream-gate");
        try {
            Path folder = parent.resolve("snapshot");
            registry.download(model, version, folder);
            return GateReport.read(folder);
        } finally {
            FolderDeletion.delete(parent);
        }
    }
}
