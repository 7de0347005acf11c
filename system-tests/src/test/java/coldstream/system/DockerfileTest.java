package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {

    private static final List<String> IMAGES = List.of(
            "ingest",
            "scorer-worker",
            "online-trainer",
            "online-trainer-gpu",
            "model-registry",
            "serving",
            "console",
            "coldstream");

    private final Dockerfile file = Dockerfile.read();

    @ParameterizedTest
    @CsvSource({
        "ingest, ingest",
        "scorer-worker, scorer-worker",
        "online-trainer, online-trainer",
        "online-trainer-gpu, online-trainer",
        "model-registry, model-registry",
        "serving, serving",
        "console, console"
    })
    void everyServiceHasAnImageThatRunsItAndAsksItsHealthOnItsPort(String image, String service) {
        String port = String.valueOf(Settled.PORTS.get(service));
        Map<String, String> environment = file.environment(image);
        String variable = environment.entrySet().stream()
                .filter(each ->
                        each.getKey().endsWith("_PORT") && each.getValue().equals(port))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("no variable for the port");

        assertThat(file.last(image, "CMD")).contains("[\"" + service + "\"]");
        assertThat(file.last(image, "EXPOSE")).contains(port);
        assertThat(file.last(image, "HEALTHCHECK").orElse(""))
                .contains("http://127.0.0.1:${" + variable + "}/health/live")
                .contains("--start-period=");
        assertThat(Settled.variables(service)).contains(variable);
    }

    @Test
    void everyVariableIsASetting() {
        for (String image : IMAGES) {
            assertThat(file.environment(image).keySet())
                    .as(image)
                    .filteredOn(variable -> variable.startsWith("COLDSTREAM_"))
                    .isNotEmpty()
                    .allMatch(Settled.variables()::contains);
        }
    }

    @Test
    void nobodyRunsAsRootAndTheUserIsANumber() {
        for (String image : IMAGES) {
            assertThat(file.last(image, "USER")).as(image).contains("10001:10001");
            assertThat(file.last(image, "ENTRYPOINT").orElse(""))
                    .as("exec, so that the signal to stop reaches Java")
                    .startsWith("[\"/bin/sh\", \"-c\", \"exec java ");
        }
    }

    /** The libraries lie under the classes, and change with the poms only. */
    @Test
    void librariesAreALayerOfTheirOwnThatOnlyAPomCanChange() {
        List<String> copied = file.instructions("serving").stream()
                .filter(each -> each.name().equals("COPY"))
                .map(Dockerfile.Instruction::what)
                .toList();
        assertThat(copied)
                .containsExactly(
                        "--from=libraries /out/libraries /opt/coldstream/libraries",
                        "--from=classes /out/classes /opt/coldstream/classes");
        assertThat(file.instructions("libraries"))
                .filteredOn(each -> each.name().equals("COPY"))
                .extracting(Dockerfile.Instruction::what)
                .allMatch(what -> what.contains("pom.xml") || what.startsWith(".mvn"));
    }

    @Test
    void everyModuleHasItsPomCopied() throws IOException {
        Matcher modules = Pattern.compile("<module>(.*?)</module>").matcher(text("pom.xml"));
        while (modules.find()) {
            String module = modules.group(1);
            assertThat(file.instructions("libraries"))
                    .extracting(Dockerfile.Instruction::what)
                    .contains(module + "/pom.xml " + module + "/");
        }
    }

    @Test
    void theGpuImageHasThePyTorchOfTheBuild() throws IOException {
        Matcher version = Pattern.compile("pytorch-native-cpu</artifactId><version>(.*?)</version>")
                .matcher(text("pom.xml"));
        assertThat(version.find()).isTrue();
        Map<String, String> environment = file.environment("online-trainer-gpu");

        assertThat(environment).containsEntry("PYTORCH_VERSION", version.group(1));
        assertThat(environment).containsEntry("COLDSTREAM_TRAINER_DEVICE", "gpu:0");
        assertThat(file.last("libtorch", "ARG").orElse(""))
                .contains("/" + environment.get("PYTORCH_FLAVOR") + "/")
                .contains("-" + version.group(1) + "%2B" + environment.get("PYTORCH_FLAVOR"));
    }

    /** The rules of hadolint that bear on this file. */
    @Test
    void imagesArePinnedPackagesAreCleanedUpAndNothingIsAddedFromAfar() {
        for (Dockerfile.Stage stage : file.stages().values()) {
            assertThat(stage.name()).as("every stage has a name").isNotNull();
            if (!file.isStage(stage.base())) {
                assertThat(stage.base()).as("DL3006, DL3007").contains(":").doesNotEndWith(":latest");
            }
            for (Dockerfile.Instruction each : stage.instructions()) {
                assertThat(each.name()).as("DL3020").isNotIn("ADD", "MAINTAINER");
                if (each.what().contains("apt-get install")) {
                    assertThat(each.what())
                            .as("DL3009, DL3015")
                            .contains("apt-get update &&", "--no-install-recommends", "rm -rf /var/lib/apt/lists/*");
                }
                if (each.name().equals("WORKDIR")) {
                    assertThat(each.what()).as("DL3000").startsWith("/");
                }
            }
        }
    }

    @Test
    void whatIsNotNeededDoesNotReachTheBuild() throws IOException {
        assertThat(text(".dockerignore").lines()).contains("**/target", ".git", "data");
    }

    private static String text(String path) throws IOException {
        return Files.readString(ComposeFile.root().resolve(Path.of(path)));
    }
}
