package coldstream.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.SimulatedShop;
import coldstream.app.evaluate.prequential.PrequentialProtocol;
import coldstream.app.evaluate.prequential.PrequentialWork;
import coldstream.app.evaluate.worker.JobRunner;
import coldstream.domain.Interaction;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a user runs it, with what needs no text encoder. */
final class EvaluateCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void comparesArmsAndWritesTheEvaluationForm() throws IOException {
        writeShop();
        Path result = folder.resolve("result.json");

        int status = evaluate(
                "--data",
                folder.toString(),
                "--guidance",
                "none",
                "--item-rows",
                "random",
                "--backbone",
                "dcnv2,deepfm",
                "--learner",
                "dimension=8",
                "--seeds",
                "2",
                "--out",
                result.toString());

        assertThat(status).as(err.toString()).isZero();
        JsonNode json = Json.mapper().readTree(result.toFile());
        assertThat(json.get("protocol").asText()).isEqualTo("prequential");
        assertThat(json.get("data").get("events").asLong()).isEqualTo(3_000);
        assertThat(json.get("arms")).hasSize(4);
        JsonNode overall = json.get("arms").get(0).get("strata").get("overall");
        assertThat(overall.get("auc").asDouble()).isBetween(0.55, 0.99);
        assertThat(overall.get("auc_low").asDouble())
                .isLessThan(overall.get("auc").asDouble());
        assertThat(overall.get("n").asLong()).isBetween(2_000L, 2_400L);
        assertThat(json.get("arms").get(2).get("backbone").asText()).isEqualTo("deepfm");
        assertThat(json.get("paired")).hasSizeGreaterThanOrEqualTo(7);
        assertThat(json.get("paired").get(0).get("baseline").asText()).startsWith("dcnv2, none");
        assertThat(out.toString()).contains("overall").contains("less dcnv2");
    }

    @Test
    void theSameSeedGivesTheSameFigures() throws IOException {
        writeShop();
        String[] arguments = {
            "--data",
            folder.toString(),
            "--guidance",
            "none",
            "--item-rows",
            "random",
            "--learner",
            "dimension=8",
            "--limit",
            "1500"
        };

        assertThat(evaluate(arguments)).isZero();
        String first = out.toString();
        out.getBuffer().setLength(0);
        assertThat(evaluate(arguments)).isZero();

        assertThat(areas(out.toString())).isEqualTo(areas(first)).contains("1178");
    }

    @Test
    void whatIsNotThereIsRefusedInOneLine() {
        assertThat(evaluate("--data", folder.toString(), "--protocol", "magic")).isEqualTo(2);
        assertThat(err.toString()).startsWith("protocol must be one of [prequential], got magic");
    }

    @Test
    void aSettingOutOfBoundsIsRefusedBeforeAnythingIsRead() {
        int status = evaluate("--data", folder.toString(), "--guidance", "magic");

        assertThat(status).isNotZero();
        assertThat(err.toString()).contains("guidance must be none, or some of").contains("joined by +, got magic");
    }

    private int evaluate(String... arguments) {
        JobRunner here = new InThisProcess(List.of(new PrequentialWork()));
        return new CommandLine(new EvaluateCommand(List.of(new PrequentialProtocol((parallel, memory, keep) -> here))))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** Without what takes its time. */
    private static String areas(String table) {
        return table.substring(0, table.indexOf("Learning"));
    }

    private void writeShop() throws IOException {
        var shop = new SimulatedShop(3_000, 5);
        var interactions = new StringBuilder("user_id,item_id,rating,timestamp\n");
        shop.interactions().forEach(row -> interactions.append(line(row)));
        Files.writeString(folder.resolve("interactions.csv"), interactions);
        var items = new StringBuilder("item_id,title,categories\n");
        shop.items()
                .forEach(item -> items.append(
                        "%s,\"%s\",%s\n".formatted(item.item(), item.title(), String.join("|", item.categories()))));
        Files.writeString(folder.resolve("items.csv"), items);
    }

    private static String line(Interaction row) {
        return "%s,%s,%s,%d\n"
                .formatted(
                        row.user(),
                        row.item(),
                        row.value().getAsDouble(),
                        row.timestamp().getEpochSecond());
    }
}
