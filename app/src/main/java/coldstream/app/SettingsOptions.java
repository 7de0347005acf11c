package coldstream.app;

import coldstream.service.Setting;
import coldstream.service.Settings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads settings. */
public final class SettingsOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file of settings; the environment wins over it (default: COLDSTREAM_CONFIG)")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting; wins over the environment; may be repeated")
    private Map<String, String> overrides = new LinkedHashMap<>();

    /** The settings as given: file, then environment, then {@code --set}. */
    public Settings read(Collection<? extends Setting<?>> declared) {
        return read(declared, Map.of());
    }

    /** As {@link #read(Collection)}, over other defaults than the declared ones. */
    public Settings read(Collection<? extends Setting<?>> declared, Map<String, String> defaults) {
        Settings.Builder builder = Settings.builder(declared).overrides(defaults);
        Map<String, String> environment = System.getenv();
        String file = environment.getOrDefault("COLDSTREAM_CONFIG", "");
        if (config != null) {
            builder.file(config);
        } else if (!file.isBlank()) {
            builder.file(Path.of(file));
        }
        return builder.environment(environment).overrides(overrides).build();
    }
}
