package coldstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.testkit.Await;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as people run it: a process of its own, all parts real, on a shop of a few hundred events. */
@Tag("integration")
@Timeout(900)
class DemoTest {

    private final Path folder;

    DemoTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void accountsForEveryEventAndIntroducesANewcomer() throws Exception {
        int offset = SmallShop.freeOffset();
        Path data = SmallShop.write(folder, 600);
        Path report = folder.resolve("report.json");

        Process demo = start(
                "demo",
                "--data=" + data,
                "--port-offset=" + offset,
                "--log=" + folder.resolve("log"),
                "--report=" + report,
                "--set=trainer.snapshot-interval=3s");
        String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(demo.waitFor()).as(output).isZero();
        assertThat(output).contains("before their first event", "then they took", "stratum", "600 read");
        JsonNode told = Json.mapper().readTree(Files.readAllBytes(report));
        assertThat(told.path("events").path("accepted").asLong()).isEqualTo(600);
        assertThat(told.path("samples_trained").asLong()).isEqualTo(600);
        assertThat(told.path("prequential").path("overall").path("n").asLong()).isPositive();
        assertThat(told.path("scoring").path("scores_stored").asLong()).isPositive();
        assertThat(told.path("champion").asText()).isNotEmpty();
        assertThat(told.path("latency_seconds")
                        .path("event_to_servable")
                        .path("p99")
                        .asDouble())
                .isPositive();
    }

    @Test
    void aSignalEndsItInOrderWhereverItIs() throws Exception {
        int offset = SmallShop.freeOffset();
        DemoPorts ports = DemoPorts.offset(offset);
        Process demo = start(
                "demo",
                "--data=" + SmallShop.write(folder, 600),
                "--port-offset=" + offset,
                "--log=" + folder.resolve("log"));
        awaitLine(demo, "all parts are up");

        demo.destroy();

        assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Await.until("Redis is gone", () -> SmallShop.free(ports.redis()));
        Await.until("so is Kafka", () -> SmallShop.free(ports.kafka()));
    }

    @Test
    void aBusyPortIsOneLineAndAFailure() throws Exception {
        int offset = SmallShop.freeOffset();
        int kafka = DemoPorts.offset(offset).kafka();
        try (ServerSocket taken = new ServerSocket(kafka, 1, InetAddress.getLoopbackAddress())) {
            Process demo = start(
                    "demo",
                    "--data=" + SmallShop.write(folder, 600),
                    "--port-offset=" + offset,
                    "--log=" + folder.resolve("log"));
            String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(demo.waitFor()).isEqualTo(1);
            assertThat(taken.isBound()).isTrue();
            assertThat(output.lines().reduce((first, last) -> last))
                    .contains("coldstream: port " + kafka + " for Kafka is in use");
        }
    }

    private static Process start(String... arguments) throws IOException {
        return new ProcessBuilder(SmallShop.command(List.of(arguments)))
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitLine(Process process, String wanted) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.contains(wanted)) {
                return;
            }
        }
        throw new AssertionError("never said " + wanted + ": " + lines);
    }
}
