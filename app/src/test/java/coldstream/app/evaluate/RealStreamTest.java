package coldstream.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.RealDataSets;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Bars on a real stream: its first 40,000 events, no guidance, random row starts. */
final class RealStreamTest {

    @TempDir
    private Path folder = Path.of("");

    /** Measured with seeds 0 and 1; a fall below the bars is a fault, a rise above them is a leak. */
    @Test
    void learnsAmazonBeautyAsWellAsMeasuredAndLeaksNothing() throws IOException {
        Path result = folder.resolve("result.json");
        var errors = new StringWriter();
        int status = new CommandLine(new EvaluateCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(errors, true))
                .execute(
                        "--data",
                        RealDataSets.folder("amazon-beauty").toString(),
                        "--guidance",
                        "none",
                        "--item-rows",
                        "random",
                        "--limit",
                        "40000",
                        "--out",
                        result.toString());
        assertThat(status).as(errors.toString()).isZero();
        JsonNode strata =
                Json.mapper().readTree(result.toFile()).get("arms").get(0).get("strata");

        assertThat(auc(strata, "overall")).isBetween(0.790, 0.815);
        assertThat(auc(strata, "cold")).isBetween(0.753, 0.778);
        assertThat(auc(strata, "tail")).isBetween(0.555, 0.600);
        assertThat(auc(strata, "row_tail")).isBetween(0.673, 0.710);
        assertThat(auc(strata, "new_item")).isBetween(0.640, 0.700);
    }

    private static double auc(JsonNode strata, String stratum) {
        return strata.get(stratum).get("auc").asDouble();
    }
}
