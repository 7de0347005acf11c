package coldstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativePathTest {

    private static final Path FOLDER = Path.of("/data/files");

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b.txt", "sub folder/b", "..a/b..", "a/.hidden"})
    void aPlainPathStaysBelowTheFolder(String path) {
        assertThat(RelativePath.of(path).below(FOLDER).normalize())
                .startsWithRaw(FOLDER)
                .isEqualTo(FOLDER.resolve(path));
        assertThat(RelativePath.of(path)).hasToString(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "../a",
                "a/..",
                "a/../b",
                "a/./b",
                "a\\b",
                "C:a",
                "a\u0000b",
                "a/\n",
                "ä"
            })
    void whatCouldMeanAnythingElseIsRefused(String path) {
        assertThatThrownBy(() -> RelativePath.of(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a path must have");
    }

    @Test
    void aPathThatIsFarTooDeepOrLongIsRefused() {
        assertThatThrownBy(() -> RelativePath.of(String.join("/", Collections.nCopies(17, "a"))))
                .hasMessageContaining("1 to 16 names, got 17");
        assertThatThrownBy(() -> RelativePath.of("a".repeat(201))).hasMessageStartingWith("a path must have");
    }

    @Test
    void anArtifactUriNamesAPathWithOrWithoutAHost() {
        assertThat(RegistryPaths.artifactPath("mlflow-artifacts:/staging/x")).hasToString("staging/x");
        assertThat(RegistryPaths.artifactPath("mlflow-artifacts://registry:5000/staging/x"))
                .hasToString("staging/x");
        assertThat(RegistryPaths.artifactUri(RelativePath.of("a/b"))).isEqualTo("mlflow-artifacts:/a/b");
        assertThat(RegistryPaths.artifact(RelativePath.of("a b/c+d"))).endsWith("/artifacts/a%20b/c%2Bd");
        assertThatThrownBy(() -> RegistryPaths.artifactPath("s3://bucket/x"))
                .hasMessageStartingWith("an artifact URI must start with mlflow-artifacts:/");
        assertThatThrownBy(() -> RegistryPaths.artifactPath("mlflow-artifacts://host"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
