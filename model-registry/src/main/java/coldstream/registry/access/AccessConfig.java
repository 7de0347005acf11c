package coldstream.registry.access;

import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom the registry knows.
 *
 * @param everything secret that comes with every role
 * @param tokens secrets that come with one role
 * @param file of more of them
 */
public record AccessConfig(Optional<Secret> everything, Map<Role, Secret> tokens, Optional<Path> file) {

    static final Setting<Optional<Secret>> READ =
            Setting.ofSecret("registry.read-token", "secret of those who may read the registry");
    static final Setting<Optional<Secret>> PUBLISH =
            Setting.ofSecret("registry.publish-token", "secret of those who may read and publish versions");
    static final Setting<Optional<Secret>> PROMOTE =
            Setting.ofSecret("registry.promote-token", "secret of those who may read and decide what serves");
    static final Setting<Optional<String>> FILE = Setting.ofOptionalString(
            "registry.tokens-file",
            "file of more secrets, one line each: name, roles (read, publish, promote) by commas, secret");

    public static final List<Setting<?>> SETTINGS = List.of(READ, PUBLISH, PROMOTE, FILE);

    public AccessConfig {
        tokens = Map.copyOf(tokens);
    }

    public static AccessConfig from(Settings settings) {
        Map<Role, Secret> tokens = new EnumMap<>(Role.class);
        settings.get(READ).ifPresent(secret -> tokens.put(Role.READ, secret));
        settings.get(PUBLISH).ifPresent(secret -> tokens.put(Role.PUBLISH, secret));
        settings.get(PROMOTE).ifPresent(secret -> tokens.put(Role.PROMOTE, secret));
        return new AccessConfig(
                settings.get(SharedSettings.REGISTRY_TOKEN),
                tokens,
                settings.get(FILE).map(Path::of));
    }
}
