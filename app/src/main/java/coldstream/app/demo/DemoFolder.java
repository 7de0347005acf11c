package coldstream.app.demo;

import coldstream.wire.FolderDeletion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary folder of one demo, named after its process: {@code coldstream-demo-<process id>-<random>}.
 *
 * <p>A demo that was killed leaves its folder behind; the next one removes it.
 */
final class DemoFolder {

    private static final Logger LOG = LoggerFactory.getLogger(DemoFolder.class);
    private static final String PREFIX = "coldstream-demo-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-\\d+");

    private DemoFolder() {}

    /** A new folder for this process. */
    static Path create() {
        try {
            Path folder =
                    Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
            removeAbandoned(folder.resolveSibling(""));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary folder", e);
        }
    }

    /** Removes a folder with everything in it, as far as that is possible. */
    static void delete(Path folder) {
        try {
            FolderDeletion.delete(folder);
        } catch (UncheckedIOException e) {
            LOG.atWarn().addKeyValue("folder", folder).log("a demo's folder could not be removed");
        }
    }

    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path sibling : siblings) {
                Matcher name = NAME.matcher(String.valueOf(sibling.getFileName()));
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    delete(sibling);
                }
            }
        }
    }
}
