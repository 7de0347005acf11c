package coldstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.testkit.Await;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console that is started again; Kafka and Redis are away, the services answer. */
class ConsoleRestartTest {

    private final Path folder;

    ConsoleRestartTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private ConsoleRig start() throws IOException {
        return new ConsoleRig(
                "127.0.0.1:1",
                "nowhere",
                URI.create("redis://127.0.0.1:1"),
                Map.of("data-directory", folder.toString(), "console.keep", "1h"));
    }

    private static List<String> times(JsonNode points) {
        return points.findValuesAsText("time");
    }

    private Path kept() {
        return folder.resolve("console/ctr.history.json.gz");
    }

    @Test
    void aRestartGoesOnWithTheSeriesOfBefore() throws IOException {
        JsonNode gate;
        JsonNode quality;
        JsonNode signals;
        try (ConsoleRig rig = start()) {
            for (int step = 1; step <= 3; step++) {
                rig.services.learn(100);
                int points = step;
                Await.until("it is seen", () -> times(cells(rig)).size() >= points);
            }
            gate = rig.json("/api/gate");
            quality = rig.json("/api/quality");
            signals = rig.json("/api/signals");
        }
        try (ConsoleRig rig = start()) {
            rig.services.learn(900);
            JsonNode since = rig.json("/api/signals").path("since");
            assertThat(since).isEqualTo(signals.path("since"));
            assertThat(times(cells(rig))).containsAll(times(gate.at("/cells/cold_tail")));
            assertThat(times(rig.json("/api/gate").at("/residual/history_0_head")))
                    .containsAll(times(gate.at("/residual/history_0_head")));
            assertThat(times(rig.json("/api/quality").at("/strata/overall")))
                    .doesNotHaveDuplicates()
                    .containsAll(times(quality.at("/strata/overall")));
            assertThat(times(operation(rig.json("/api/signals"), "trainer_lag")))
                    .containsAll(times(operation(signals, "trainer_lag")));
            assertThat(times(rig.json("/api/signals").at("/series/input~1history_length~1overall~1psi")))
                    .containsAll(times(signals.at("/series/input~1history_length~1overall~1psi")));
            int before = times(gate.at("/cells/cold_tail")).size();
            Await.until("it goes on", () -> times(cells(rig)).size() > before);
        }
    }

    private static JsonNode cells(ConsoleRig rig) {
        return rig.json("/api/gate").at("/cells/cold_tail");
    }

    private static JsonNode operation(JsonNode signals, String name) {
        return Stream.iterate(0, number -> number + 1)
                .map(number -> signals.path("operations").path(number))
                .filter(one -> one.isMissingNode() || one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("points");
    }

    @Test
    void aTornFileIsLeftAndTheSeriesBeginAnew() throws IOException {
        Files.createDirectories(kept().getParent());
        Files.writeString(kept(), "half of it");
        try (ConsoleRig rig = start()) {
            Await.until("it watches", () -> times(cells(rig)).size() == 1);
        }
        try (var in = new GZIPInputStream(Files.newInputStream(kept()))) {
            assertThat(ConsoleRig.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .path("model")
                            .asText())
                    .isEqualTo("ctr");
        }
    }
}
