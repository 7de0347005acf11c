package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class ComposeFileTest {

    private static final Map<String, Integer> PORTS = Settled.PORTS;

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void holdsTheSixServicesAndWhatTheyStandOn() {
        assertThat(compose.services())
                .containsExactlyInAnyOrder(
                        "ingest",
                        "scorer-worker",
                        "online-trainer",
                        "model-registry",
                        "serving",
                        "console",
                        "kafka",
                        "redis",
                        "postgres",
                        "prometheus",
                        "grafana",
                        "ollama",
                        "ollama-model");
        assertThat(compose.list("ollama", "profiles")).containsExactly("llm");
    }

    @Test
    void everyServiceThatStaysSaysWhetherItIsWell() {
        for (String service : compose.services()) {
            if (!service.equals("ollama-model")) {
                assertThat(ComposeFile.section(compose.service(service), "healthcheck"))
                        .as(service)
                        .containsKey("test");
            }
        }
    }

    @Test
    void whatIsDependedOnIsThereAndWhatIsMountedExists() {
        for (String service : compose.services()) {
            Object wanted = compose.service(service).getOrDefault("depends_on", List.of());
            Set<String> names = wanted instanceof Map<?, ?>
                    ? ComposeFile.section(compose.service(service), "depends_on")
                            .keySet()
                    : Set.copyOf(compose.list(service, "depends_on"));
            assertThat(compose.services()).as(service).containsAll(names);
            for (String volume : compose.list(service, "volumes")) {
                String source = volume.substring(0, volume.indexOf(':'));
                if (source.startsWith(".")) {
                    assertThat(ComposeFile.root().resolve(source)).exists();
                } else {
                    assertThat(compose.volumes()).contains(source);
                }
            }
        }
    }

    /** The settings themselves judge: an unknown variable or a value out of range is refused as it would be at start. */
    @ParameterizedTest
    @ValueSource(strings = {"ingest", "scorer-worker", "online-trainer", "model-registry", "serving", "console"})
    void everyVariableIsASettingThatItsServiceReads(String name) {
        Map<String, String> environment = compose.environment(name);

        assertThat(environment).isNotEmpty();
        assertThat(Settled.variables(name)).containsAll(environment.keySet());
        assertThatCode(() -> Settled.create(name, environment)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "scorer-worker", "online-trainer", "model-registry", "serving", "console"})
    void itsPortIsAskedForItsHealthAndPublishedOnLoopbackOnly(String name) {
        int port = PORTS.getOrDefault(name, 0);

        assertThat(compose.list(name, "ports")).containsExactly("127.0.0.1:" + port + ":" + port);
        assertThat(String.valueOf(ComposeFile.section(compose.service(name), "healthcheck")
                        .get("test")))
                .contains("http://localhost:" + port + "/health/");
        assertThat(compose.environment(name).values()).contains(Integer.toString(port));
    }

    @Test
    void theServicesReachEachOtherUnderTheNamesTheyHave() {
        for (String name : PORTS.keySet()) {
            compose.environment(name).forEach((variable, value) -> {
                if (value.matches(".*//[a-z-]+:\\d+.*") || value.matches("[a-z-]+:\\d+")) {
                    String host = value.replaceFirst(".*//", "").replaceFirst(":.*", "");
                    assertThat(compose.services()).as(variable).contains(host);
                }
            });
        }
    }

    @Test
    void nothingIsPublishedBeyondThisMachine() {
        for (String service : compose.services()) {
            assertThat(compose.list(service, "ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
        }
    }

    @Test
    void prometheusAsksEveryServiceOnItsPort() throws IOException {
        Map<String, Object> prometheus =
                new Yaml().load(Files.readString(ComposeFile.root().resolve("deploy/prometheus/prometheus.yml")));
        Set<String> targets = new TreeSet<>();
        collectTargets(prometheus.get("scrape_configs"), targets);

        assertThat(targets)
                .containsExactlyInAnyOrderElementsOf(PORTS.entrySet().stream()
                        .map(service -> service.getKey() + ":" + service.getValue())
                        .toList());
    }

    @Test
    void everyServicesImageIsATargetOfTheDockerfile() {
        Dockerfile dockerfile = Dockerfile.read();
        for (String name : PORTS.keySet()) {
            Map<String, Object> build = ComposeFile.section(compose.service(name), "build");
            assertThat(build).containsEntry("dockerfile", "deploy/Dockerfile").containsEntry("target", name);
            assertThat(dockerfile.isStage(name)).as(name).isTrue();
        }
    }

    private static void collectTargets(@Nullable Object node, Set<String> targets) {
        if (node instanceof List<?> list) {
            list.forEach(each -> collectTargets(each, targets));
        } else if (node instanceof Map<?, ?> map) {
            if (map.get("targets") instanceof List<?> list) {
                list.forEach(target -> targets.add(String.valueOf(target)));
            }
            map.values().forEach(each -> collectTargets(each, targets));
        }
    }
}
