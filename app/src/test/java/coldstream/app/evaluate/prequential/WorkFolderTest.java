package coldstream.app.evaluate.prequential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkFolderTest {

    @TempDir
    private Path cache = Path.of("");

    @Test
    void isGoneWithEverythingInItWhenTheWorkIs() throws IOException {
        Path path;
        try (var folder = new WorkFolder(cache)) {
            path = folder.path();
            Files.writeString(Files.createDirectories(path.resolve("deep")).resolve("file"), "text");
            assertThat(path).isDirectory().hasParent(cache.resolve("evaluate"));
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void whatAKilledRunLeftBehindGoesADayLaterAndNotBefore() throws IOException {
        Path yesterday = leftBehind("stream-old", Duration.ofHours(25));
        Path today = leftBehind("stream-new", Duration.ofHours(23));

        new WorkFolder(cache).close();

        assertThat(yesterday).doesNotExist();
        assertThat(today).isDirectory();
    }

    private Path leftBehind(String name, Duration age) throws IOException {
        Path folder = Files.createDirectories(cache.resolve("evaluate").resolve(name));
        Files.writeString(folder.resolve("samples.bin"), "text");
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
        return folder;
    }
}
