package coldstream.app.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Real data sets for tests: folders in {@code COLDSTREAM_DATASETS} (environment, or a system property of that name), by
 * default {@code ../shared/datasets} beside the repository. A test that needs one is skipped where there is none.
 */
public final class RealDataSets {

    private static final String WHERE = "COLDSTREAM_DATASETS";

    private RealDataSets() {}

    /** The folder of a data set, or the test is skipped. */
    public static Path folder(String name) {
        Path folder = Optional.ofNullable(System.getProperty(WHERE))
                .or(() -> Optional.ofNullable(System.getenv(WHERE)))
                .map(Path::of)
                .orElse(root().resolve("../shared/datasets"))
                .resolve(name)
                .normalize();
        Assumptions.assumeTrue(
                Files.isDirectory(folder), () -> "skipped: no data set " + folder + "; set " + WHERE + " to have it");
        return folder;
    }

    /** The nearest folder upwards that is no module of its own. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("../pom.xml")) ? here.resolve("..") : here;
    }
}
