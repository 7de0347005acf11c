package coldstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDeletionTest {

    private final Path root;

    FolderDeletionTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void aFolderGoesWithEverythingInItAndNothingBesides() throws IOException {
        Path folder = root.resolve("a");
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("b/file"), "content");
        Path beside = Files.writeString(root.resolve("beside"), "content");

        FolderDeletion.delete(folder);

        assertThat(folder).doesNotExist();
        assertThat(beside).hasContent("content");
    }

    @Test
    void aLinkGoesAndWhatItPointsToStays() throws IOException {
        Path kept = Files.createDirectory(root.resolve("kept"));
        Files.writeString(kept.resolve("file"), "content");
        Path folder = Files.createDirectory(root.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("link"), kept);

        FolderDeletion.delete(folder);

        assertThat(folder).doesNotExist();
        assertThat(kept.resolve("file")).hasContent("content");
    }

    @Test
    void whatIsNotThereIsFine() {
        assertThatCode(() -> FolderDeletion.delete(root.resolve("nothing"))).doesNotThrowAnyException();
    }
}
