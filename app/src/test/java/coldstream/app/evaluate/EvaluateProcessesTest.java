package coldstream.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.SimulatedShop;
import coldstream.app.evaluate.prequential.PrequentialProtocol;
import coldstream.app.evaluate.prequential.PrequentialWork;
import coldstream.domain.Interaction;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with workers that are processes, guided by a teacher that needs no encoder. */
@Tag("integration")
final class EvaluateProcessesTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter err = new StringWriter();

    @Test
    void theResultDoesNotDependOnWhoDoesTheRunsNorHowManyAtATime() throws IOException {
        writeShop();
        var inProcesses = new EvaluateCommand();
        var here = new EvaluateCommand(List.of(new PrequentialProtocol(
                (parallel, memory, keep) -> new InThisProcess(List.of(new PrequentialWork())))));

        JsonNode one = result(inProcesses, "1");
        JsonNode two = result(inProcesses, "2");
        JsonNode none = result(here, "1");

        assertThat(two).isEqualTo(one);
        assertThat(none).isEqualTo(one);
        assertThat(one.get("arms")).hasSize(2);
    }

    private JsonNode result(EvaluateCommand command, String parallel) throws IOException {
        Path file = folder.resolve("result.json");
        int status = new CommandLine(command)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "--data",
                        folder.toString(),
                        "--teacher",
                        "random",
                        "--learner",
                        "dimension=8",
                        "--parallel",
                        parallel,
                        "--within-events",
                        "0.2",
                        "--out",
                        file.toString());
        assertThat(status).as(err.toString()).isZero();
        JsonNode json = Json.mapper().readTree(file.toFile());
        json.get("arms").forEach(arm -> ((ObjectNode) arm).remove(List.of("seconds", "events_per_second")));
        return json;
    }

    private void writeShop() throws IOException {
        var shop = new SimulatedShop(1_000, 5);
        var interactions = new StringBuilder("user_id,item_id,rating,timestamp\n");
        for (Interaction row : shop.interactions().toList()) {
            interactions.append("%s,%s,%s,%d%n"
                    .formatted(
                            row.user(),
                            row.item(),
                            row.value().getAsDouble(),
                            row.timestamp().getEpochSecond()));
        }
        Files.writeString(folder.resolve("interactions.csv"), interactions);
        var items = new StringBuilder("item_id,title,categories\n");
        shop.items()
                .forEach(item -> items.append(
                        "%s,\"%s\",%s%n".formatted(item.item(), item.title(), String.join("|", item.categories()))));
        Files.writeString(folder.resolve("items.csv"), items);
    }
}
