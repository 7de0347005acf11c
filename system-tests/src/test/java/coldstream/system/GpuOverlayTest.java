package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/kubernetes/gpu}: the same with another image for the trainer. */
class GpuOverlayTest {

    private static final Path FOLDER = ComposeFile.root().resolve(Path.of("deploy", "kubernetes", "gpu"));

    @Test
    void itChangesTheTrainerThatIsThere() {
        JsonNode patch =
                Manifests.documents(FOLDER.resolve("online-trainer.yaml")).get(0);
        JsonNode container = Manifests.container(patch);
        JsonNode base = Manifests.read()
                .of("StatefulSet", patch.path("metadata").path("name").asText());

        assertThat(container.path("name")).isEqualTo(Manifests.container(base).path("name"));
        assertThat(container.path("image").asText()).startsWith("coldstream/online-trainer-gpu:");
        assertThat(Dockerfile.read().isStage("online-trainer-gpu")).isTrue();
        assertThat(Settled.variables("online-trainer"))
                .contains(container.path("env").path(0).path("name").asText());
    }

    @Test
    void kustomizeMakesOneOfBoth(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("all.yaml");
        Process process;
        try {
            process = new ProcessBuilder("kubectl", "kustomize", FOLDER.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "kubectl is not on the PATH");
            return;
        }
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        JsonNode trainer = Manifests.documents(output).stream()
                .filter(each -> each.path("kind").asText().equals("StatefulSet")
                        && each.path("metadata").path("name").asText().equals("online-trainer"))
                .findFirst()
                .orElseThrow();
        assertThat(Manifests.container(trainer)
                        .path("resources")
                        .path("limits")
                        .path("nvidia.com/gpu")
                        .asInt())
                .isEqualTo(1);
        assertThat(Manifests.container(trainer).path("env").findValuesAsText("value"))
                .contains("gpu:0")
                .doesNotContain("cpu");
    }
}
