package coldstream.app.evaluate.drift;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.CommandLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user runs it, with what needs no text encoder. */
final class DriftCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aShopWithABrokenProducerGivesAReportThatNamesTheSignal() throws IOException {
        Path report = folder.resolve("report.html");

        int status =
                drift("--data", "simulated-shop:12000:3", "--drift", "broken-field@0.7", "--out", report.toString());

        assertThat(status).as(err.toString()).isZero();
        assertThat(out.toString()).contains("12,000 events").endsWith("report: " + report + "\n");
        String html = Files.readString(report);
        assertThat(html)
                .contains("Drift: simulated-shop:12000:3 (simulated)", "Known to change: broken-field at")
                .contains("<td>new_user <span class=\"layer\">input</span></td>")
                .contains("new user, all", "logloss, overall, by");
    }

    @Test
    void whatCannotBeReportedIsRefusedInOneLine() throws IOException {
        String file = folder.resolve("report.html").toString();
        assertThat(drift("--data", folder.resolve("nowhere").toString(), "--out", file))
                .isNotZero();
        assertThat(err.toString()).contains("a data set must be a folder, got ");
        err.getBuffer().setLength(0);
        assertThat(drift("--data", "simulated-shop:500", "--out", folder + "/no/report.html"))
                .isNotZero();
        assertThat(err.toString()).contains("--out must name a file in a folder that can be written to, got ");
        err.getBuffer().setLength(0);
        assertThat(drift("--data", "simulated-shop:500", "--out", file, "--monitor", "trainer.watch.window=7"))
                .isNotZero();
        assertThat(err.toString()).contains("trainer.watch.window must be 100 to 1000000, got 7");
        err.getBuffer().setLength(0);
        Files.writeString(folder.resolve("interactions.csv"), "user_id,item_id,rating,timestamp\n");
        Files.writeString(folder.resolve("items.csv"), "item_id\n");
        assertThat(drift("--data", folder.toString(), "--out", file)).isNotZero();
        assertThat(err.toString()).contains("a report needs events, got none in ");
        assertThat(Path.of(file)).doesNotExist();
    }

    private int drift(String... arguments) {
        String[] all = new String[arguments.length + 5];
        System.arraycopy(new String[] {"drift", "--guidance", "none", "--item-rows", "random"}, 0, all, 0, 5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return CommandLines.coldstream()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
