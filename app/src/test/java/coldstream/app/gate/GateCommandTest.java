package coldstream.app.gate;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.OnlineLearner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command = new CommandLine(new GateCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));

    @Test
    void aSnapshotSaysHowFarTheLanguageModelIsTrusted(@TempDir Path folder) {
        try (OnlineLearner learner = new OnlineLearner(LearnerConfig.defaults().with("dimension", "4"))) {
            learner.save(folder);
        }
        assertThat(command.execute("--snapshot", folder.toString())).isZero();
        assertThat(out.toString())
                .contains("gate reliability, uncertainty by entropy: 0 pairs trained, 0 comparisons came true")
                .containsPattern("cold_tail +0\\.269 +0 +0\\.500 +\\[0\\.000, 1\\.000\\] +0\\.0")
                .containsPattern("warm_new");
    }

    @Test
    void machinesGetJson(@TempDir Path folder) {
        try (OnlineLearner learner = new OnlineLearner(LearnerConfig.defaults().with("dimension", "4"))) {
            learner.save(folder);
        }
        assertThat(command.execute("--snapshot", folder.toString(), "--json")).isZero();
        assertThat(out.toString()).contains("\"mode\" : \"reliability\"", "\"cold_new\" : {", "\"agreement\" : 0.5");
    }

    @Test
    void everyCellHasItsLine() {
        Map<String, GateReport.Cell> cells = new HashMap<>();
        for (String name : List.of("cold_head", "cold_tail", "cold_new", "warm_head", "warm_tail", "warm_new")) {
            cells.put(name, new GateReport.Cell(0.44, 0.72, 0.7, 0.74, 1234.5, 56_789));
        }
        GateReport report = new GateReport(
                "reliability",
                "row-count",
                List.of(1.5, -0.25, 0.0),
                -1,
                Map.of(),
                cells,
                7_407,
                340_734,
                new GateReport.Dose(0.0132, 0.61, 0.05),
                Map.of());
        assertThat(GateText.of(report))
                .contains("340,734 pairs trained, 7,407 comparisons came true")
                .contains("dose 0.0132 (pair weight x mean alpha), 61 % of hinges active, gradient ratio 0.050")
                .contains("alpha = sigmoid(+1.500 cold -0.250 tail +0.000 q -1.000)")
                .contains("cold_new       0.440     56,789      0.720   [0.700, 0.740]        1,234.5");
    }

    @Test
    void oneSnapshotIsAskedFor() {
        assertThat(command.execute()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("either --snapshot or --alias must be given");
    }
}
