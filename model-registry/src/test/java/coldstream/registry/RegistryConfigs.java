package coldstream.registry;

import coldstream.service.Settings;
import java.nio.file.Path;
import java.util.Map;

/** Configurations for tests. */
final class RegistryConfigs {

    private RegistryConfigs() {}

    static RegistryConfig at(Path data) {
        return of(Map.of("data-directory", data.toString()));
    }

    static RegistryConfig of(Map<String, String> values) {
        return RegistryConfig.from(Settings.of(RegistryService.settings(), values));
    }
}
