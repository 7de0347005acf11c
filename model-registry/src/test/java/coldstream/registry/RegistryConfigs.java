package coldstream.registry;

import coldstream.registry.promotion.PromotionRules;
import coldstream.registry.store.DatabaseConfig;
import coldstream.service.Settings;
import java.nio.file.Path;
import java.util.Map;

/** Configurations for tests. */
public final class RegistryConfigs {

    private RegistryConfigs() {}

    /** The embedded database of a registry over this folder. */
    public static DatabaseConfig database(Path data) {
        return of(Map.of("data-directory", data.toString())).database();
    }

    /** What decides which version serves, with these settings over the defaults. */
    public static PromotionRules rules(Map<String, String> values) {
        return of(values).promotion();
    }

    static RegistryConfig of(Map<String, String> values) {
        return RegistryConfig.from(Settings.of(RegistryService.settings(), values));
    }
}
