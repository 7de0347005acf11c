package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import coldstream.app.Services;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class ComposeFileTest {

    private static final Map<String, Integer> PORTS = Map.of(
            "ingest", 8080, "serving", 8081, "online-trainer", 8083, "scorer-worker", 8084, "model-registry", 5000);

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void holdsTheFiveServicesAndWhatTheyStandOn() {
        assertThat(compose.services())
                .containsExactlyInAnyOrder(
                        "ingest",
                        "scorer-worker",
                        "online-trainer",
                        "model-registry",
                        "serving",
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
    @ValueSource(strings = {"ingest", "scorer-worker", "online-trainer", "model-registry", "serving"})
    void everyVariableIsASettingThatItsServiceReads(String name) {
        Map<String, String> environment = compose.environment(name);
        Services.Service service = Services.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Map<String, String> variables = new TreeMap<>();
        service.settings().get().forEach(setting -> variables.put(setting.variable(), setting.key()));
        SharedSettings.ALL.forEach(setting -> variables.put(setting.variable(), setting.key()));

        assertThat(environment).isNotEmpty();
        assertThat(variables.keySet()).containsAll(environment.keySet());
        assertThatCode(() -> service.create()
                        .apply(
                                Settings.builder(Services.settings())
                                        .environment(environment)
                                        .build(),
                                new SimpleMeterRegistry())
                        .close())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "scorer-worker", "online-trainer", "model-registry", "serving"})
    void theCommandIsTheServicesOwnAndItsPortIsAskedForItsHealthAndPublishedOnLoopbackOnly(String name) {
        int port = PORTS.getOrDefault(name, 0);

        assertThat(compose.list(name, "command")).containsExactly(name);
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
    void theImageIsBuiltFromTheFileThatIsThere() {
        for (String name : PORTS.keySet()) {
            String file = String.valueOf(
                    ComposeFile.section(compose.service(name), "build").get("dockerfile"));
            assertThat(ComposeFile.root().resolve(Path.of(file))).exists();
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
