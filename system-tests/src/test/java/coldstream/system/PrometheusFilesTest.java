package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus and Grafana are given, by Prometheus's own tool where this machine has it. */
class PrometheusFilesTest {

    private static final Path FOLDER = ComposeFile.root().resolve(Path.of("deploy", "prometheus"));

    @Test
    void theRulesAndTheSettingsAreWhatPrometheusReads() throws Exception {
        promtool("check", "config", FOLDER.resolve("prometheus.yml").toString());
        promtool("check", "rules", FOLDER.resolve("rules.yml").toString());
    }

    /** Debian's tool knows no Kubernetes, so what finds the pods is replaced. */
    @Test
    void theSettingsForKubernetesAreToo(@TempDir Path folder) throws Exception {
        String text = Files.readString(FOLDER.resolve("kubernetes.yml"));
        assertThat(text).contains("kubernetes_sd_configs:\n      - role: pod\n");
        Files.copy(FOLDER.resolve("rules.yml"), folder.resolve("rules.yml"));
        Path without = folder.resolve("without.yml");
        Files.writeString(
                without,
                text.replace("kubernetes_sd_configs:\n      - role: pod\n", "static_configs:\n      - targets: []\n"));

        promtool("check", "config", without.toString());
    }

    @Test
    void everyAlarmRingsWhenItShouldAndOnlyThen() throws Exception {
        promtool("test", "rules", FOLDER.resolve("rules.test.yml").toString());
    }

    @Test
    void everyAlarmIsTestedAndWatchedForWhileAllIsWell() throws IOException {
        String tests = Files.readString(FOLDER.resolve("rules.test.yml"));
        String quiet = tests.substring(tests.indexOf("what is quiet"), tests.indexOf("a service that does not answer"));
        String rules = Files.readString(FOLDER.resolve("rules.yml"));

        assertThat(found("(?m)alertname: (\\w+)", tests))
                .containsExactlyInAnyOrderElementsOf(found("(?m)- alert: (\\w+)", rules));
        assertThat(found("(coldstream_[a-z_]+)", quiet)).containsAll(found("(coldstream_[a-z_]+)", rules));
    }

    @Test
    void theDashboardIsOneGrafanaReads() throws IOException {
        Path file = ComposeFile.root().resolve(Path.of("deploy", "grafana", "dashboards", "coldstream.json"));
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(file));

        assertThat(dashboard.path("uid").asText()).isNotBlank();
        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThan(30);
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as("ids differ: %s", panel.path("title"))
                    .isTrue();
            assertThat(panel.path("title").asText()).isNotBlank();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("targets").findValuesAsText("expr"))
                        .as(panel.path("title").asText())
                        .isNotEmpty()
                        .doesNotContain("");
            }
        }
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static void promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "promtool is not on the PATH: Debian has it in the package prometheus");
            return;
        }
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
