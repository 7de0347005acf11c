package coldstream.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary folders that are gone when their owner is. */
final class Folders {

    private Folders() {}

    static Path temporary(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary folder", e);
        }
    }

    /** Removes the folder and everything in it; a file that vanishes meanwhile is fine. */
    static void delete(Path folder) {
        boolean again = true;
        while (again) {
            again = somethingVanished(folder);
        }
    }

    /** Removes what is there, up to what somebody else removes at the same time. */
    private static boolean somethingVanished(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
            return false;
        } catch (NoSuchFileException e) {
            return false; // the folder itself is gone
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return true;
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
