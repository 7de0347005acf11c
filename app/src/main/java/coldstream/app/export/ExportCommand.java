package coldstream.app.export;

import static coldstream.domain.Check.check;

import coldstream.app.Services;
import coldstream.app.SettingsOptions;
import coldstream.domain.RegistryEvent;
import coldstream.service.Secret;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.FolderDeletion;
import coldstream.wire.ModelVersion;
import coldstream.wire.RegistryClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a snapshot in forms that other programs read, each with a model card. */
@Command(
        name = "export",
        description = "Writes a model for other programs: an ONNX graph, safetensors, a model card.",
        footer = {
            "",
            "  coldstream export --alias champion --format onnx --out champion/",
            "",
            "onnx         model.onnx takes ids and answers with the scores serving would give; ids.json lists the ids",
            "safetensors  model.safetensors, ids.json and model.json: all numbers, whose they are, what they mean",
            "card         card.md, which comes with the others too"
        },
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            defaultValue = "onnx",
            description = "${COMPLETION-CANDIDATES}; several with commas (default: ${DEFAULT-VALUE})")
    private Set<Format> formats = EnumSet.of(Format.ONNX);

    @Option(names = "--snapshot", paramLabel = "DIR", description = "folder of a snapshot")
    private @Nullable Path snapshot;

    @Option(
            names = "--alias",
            paramLabel = "NAME",
            description = "instead of a folder: alias of a version in the registry, such as champion")
    private @Nullable String alias;

    @Option(names = "--model", paramLabel = "NAME", description = "its name in the registry (default: model.name)")
    private @Nullable String model;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "folder to write, new or empty")
    private @Nullable Path out;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if ((snapshot == null) == (alias == null)) {
            throw new ParameterException(command.commandLine(), "either --snapshot or --alias must be given");
        }
        Path to = Objects.requireNonNull(out);
        checkEmpty(to);
        if (snapshot != null) {
            write(
                    Exported.read(snapshot, Optional.empty()),
                    to,
                    command.commandLine().getOut());
        } else {
            writeRegistered(
                    Objects.requireNonNull(alias), to, command.commandLine().getOut());
        }
        return 0;
    }

    private static void checkEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        check(Files.isDirectory(folder), "--out must be a folder, got %s", folder);
        try (Stream<Path> files = Files.list(folder)) {
            check(files.findAny().isEmpty(), "--out must be a new or empty folder, got %s", folder);
        }
    }

    private void writeRegistered(String name, Path to, PrintWriter console) throws IOException {
        Settings settings = options.read(Services.settings());
        var registry = new RegistryClient(
                settings.get(SharedSettings.REGISTRY_URL),
                settings.get(SharedSettings.REGISTRY_TOKEN).map(Secret::reveal));
        String wanted = model == null ? settings.get(SharedSettings.MODEL_NAME) : model;
        ModelVersion version = registry.aliased(wanted, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the alias must point to a version of %s, got %s".formatted(wanted, name)));
        List<RegistryEvent> events = registry.events(wanted).stream()
                .filter(event -> event.version().equals(version.version()))
                .toList();
        Path parent = Files.createTempDirectory("coldstream-export");
        try {
            Path folder = parent.resolve("snapshot");
            registry.download(wanted, version.version(), folder);
            var registered = new Exported.Registered(version.version(), version.aliases(), events);
            write(Exported.read(folder, Optional.of(registered)), to, console);
        } finally {
            FolderDeletion.delete(parent);
        }
    }

    private void write(Exported exported, Path folder, PrintWriter console) throws IOException {
        Files.createDirectories(folder);
        Set<Format> all = EnumSet.copyOf(formats);
        all.add(Format.CARD);
        all.forEach(format -> format.write(exported, folder));
        console.printf(
                "%s of %s, to %s:%n",
                exported.id().substring(0, 12), exported.manifest().model(), folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                console.printf("  %-20s %,12d bytes%n", file.getFileName(), Files.size(file));
            }
        }
        console.flush();
    }
}
