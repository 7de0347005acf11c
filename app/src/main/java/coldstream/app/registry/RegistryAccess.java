package coldstream.app.registry;

import coldstream.app.OneLine;
import coldstream.app.Services;
import coldstream.app.SettingsOptions;
import coldstream.service.Durations;
import coldstream.service.Secret;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.Json;
import coldstream.wire.PromotionClient;
import coldstream.wire.RegistryClient;
import coldstream.wire.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which registry, which model and how to answer; and the asking. */
final class RegistryAccess {

    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--registry", paramLabel = "URL", description = "The registry (default: the setting registry.url).")
    private @Nullable URI url;

    @Option(names = "--model", paramLabel = "NAME", description = "The model (default: the setting model.name).")
    private @Nullable String model;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Secret of the registry. Others on this machine can see it: rather set"
                    + " COLDSTREAM_REGISTRY_TOKEN or use --token-file.")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "File that holds nothing but the secret.")
    private @Nullable Path tokenFile;

    @Option(names = "--json", description = "For machines.")
    private boolean json;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** What a command needs to ask. */
    record Asked(PromotionClient promotion, RegistryClient registry, String model) {

        /** A version by its number or by an alias. */
        String version(String numberOrAlias) {
            if (numberOrAlias.matches("\\d+")) {
                return numberOrAlias;
            }
            return registry.alias(model, numberOrAlias)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "a version of %s must be a number or an alias, got %s".formatted(model, numberOrAlias)));
        }
    }

    /** Reads a duration as settings write it. */
    static final class ADuration implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String value) {
            return Durations.parse(value);
        }
    }

    /**
     * Asks, and prints the answer for people or for machines.
     *
     * @return the exit status
     */
    <T> int answer(Function<Asked, T> question, Function<T, String> text) throws IOException {
        Settings settings = options.read(Services.settings());
        URI registry = url == null ? settings.get(SharedSettings.REGISTRY_URL) : url;
        String name = model == null ? settings.get(SharedSettings.MODEL_NAME) : model;
        Optional<String> secret = secret(settings);
        var asked = new Asked(
                new PromotionClient(registry, secret, ATTEMPTS, PAUSE, who()),
                new RegistryClient(registry, secret, ATTEMPTS, PAUSE),
                name);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            T answer = question.apply(asked);
            out.print(
                    json
                            ? Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer)
                                    + System.lineSeparator()
                            : text.apply(answer));
            out.flush();
            return 0;
        } catch (RegistryException.Unavailable e) {
            Objects.requireNonNull(spec).commandLine().getErr().println("coldstream: " + OneLine.of(e));
            return RegistryCommand.UNREACHABLE;
        }
    }

    private Optional<String> secret(Settings settings) {
        if (token != null) {
            return Optional.of(token);
        }
        if (tokenFile != null) {
            try {
                return Optional.of(Files.readString(tokenFile).strip());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read --token-file " + tokenFile, e);
            }
        }
        return settings.get(SharedSettings.REGISTRY_TOKEN).map(Secret::reveal);
    }

    private static String who() {
        String user = System.getProperty("user.name", "somebody").replaceAll("[^\\x21-\\x7e]", "?");
        return "coldstream registry by " + user;
    }
}
