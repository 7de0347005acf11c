package coldstream.app.dataset;

import java.nio.file.Path;
import java.util.Map;

/** Where files are kept that could be fetched or computed again. */
public final class CacheFolder {

    private CacheFolder() {}

    /** {@code $XDG_CACHE_HOME/coldstream}, or {@code ~/.cache/coldstream}; it need not exist. */
    public static Path of(Map<String, String> environment) {
        String base = environment.getOrDefault("XDG_CACHE_HOME", "");
        return base.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "coldstream")
                : Path.of(base, "coldstream");
    }
}
