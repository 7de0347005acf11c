package coldstream.app.evaluate.offline;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.evaluate.EvaluateCommand;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a user runs it, with what needs no text encoder. */
final class LeaveOneOutProtocolTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** 120 users of three kinds take five items each; one user has two. */
    @BeforeEach
    void writeData() throws IOException {
        var random = new SplittableRandom(2);
        var interactions = new StringBuilder("user_id,item_id,rating,timestamp\nshort,i1,,1\nshort,i2,,2\n");
        for (int user = 0; user < 120; user++) {
            int kind = user % 3;
            int[] items = random.ints(0, 12).distinct().limit(5).toArray();
            for (int place = 0; place < 5; place++) {
                interactions.append("u%d,i%d,,%d\n".formatted(user, 3 * items[place] + kind, 10 + place));
            }
        }
        Files.writeString(folder.resolve("interactions.csv"), interactions);
        var items = new StringBuilder("item_id,title,categories\n");
        for (int item = 0; item < 36; item++) {
            items.append("i%d,thing,all\n".formatted(item));
        }
        Files.writeString(folder.resolve("items.csv"), items);
    }

    @Test
    void comparesArmsAndFloorsAndWritesThemDown() throws IOException {
        Path result = folder.resolve("result.json");
        int status = evaluate(
                "--guidance",
                "none",
                "--item-rows",
                "random",
                "--backbone",
                "dcnv2,deepfm",
                "--learner",
                "dimension=8",
                "--floor",
                "popularity,ease",
                "--ridge",
                "2",
                "--epochs",
                "3",
                "--seeds",
                "2",
                "--out",
                result.toString());

        assertThat(status).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("482 training rows, 482 of them with at most 3 earlier interactions; 120 users tested, 1 not")
                .contains("cold is empty")
                .contains("dcnv2, none, random rows, dimension=8, 2 seeds")
                .contains("against dcnv2, none");
        JsonNode json = Json.mapper().readTree(result.toFile());
        assertThat(json.get("data").get("training_rows").asInt()).isEqualTo(482);
        assertThat(json.get("arms")).hasSize(8);
        JsonNode ease = arm(json, "ease, ridge 2");
        assertThat(ease.get("strata").get("overall").get("auc").asDouble()).isGreaterThan(0.65);
        assertThat(ease.get("full_ranking").get("users").asInt()).isEqualTo(120);
        assertThat(ease.get("full_ranking").get("auc").asDouble()).isGreaterThan(0.65);
        JsonNode network = arm(json, "dcnv2");
        assertThat(network.get("validation_auc")).hasSizeBetween(1, 3);
        assertThat(network.get("strata").get("overall").get("positives").asInt())
                .isEqualTo(120);
        assertThat(network.get("strata").get("cold").get("auc").isNull()).isTrue();
        assertThat(json.get("paired")).isNotEmpty();
    }

    @Test
    void whatTheProtocolCannotDoIsRefused() {
        assertThat(evaluate("--labels", "explicit")).isEqualTo(2);
        assertThat(err.toString()).startsWith("labels must be implicit under leave-one-out, got explicit");
        assertThat(evaluate("--floor", "sand")).isEqualTo(2);
        assertThat(err.toString()).contains("floor must be none or some of [popularity, ease], got [sand]");
        assertThat(evaluate("--backbone", "vw")).isEqualTo(2);
        assertThat(err.toString()).contains("backbone must be a network under leave-one-out, got vw");
        assertThat(evaluate("--csv", "x.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("csv and chart must be left out under leave-one-out");
        assertThat(evaluate("--learner", "recent-positives=100")).isEqualTo(2);
        assertThat(err.toString()).contains("recent-positives must be 0 under leave-one-out");
        assertThat(evaluate("--teacher", "random")).isEqualTo(2);
        assertThat(err.toString()).contains("teacher must be encoder under leave-one-out, got random");
    }

    private static JsonNode arm(JsonNode json, String start) {
        for (JsonNode arm : json.get("arms")) {
            if (arm.get("arm").asText().startsWith(start)) {
                return arm;
            }
        }
        throw new AssertionError("no arm " + start);
    }

    private int evaluate(String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "--data";
        all[1] = folder.toString();
        all[2] = "--protocol";
        all[3] = "leave-one-out";
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return new CommandLine(new EvaluateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
