package coldstream.trainer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build left in {@code build.properties}. */
public final class BuildInfo {

    private BuildInfo() {}

    /** The commit this program was built from, or {@code unknown}; the build takes it from {@code -Dbuild.commit}. */
    public static String commit() {
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
            var properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("commit", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read build.properties", e);
        }
    }
}
