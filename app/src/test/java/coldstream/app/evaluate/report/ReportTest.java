package coldstream.app.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import coldstream.app.dataset.DataSet;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.evaluation.AreaDraws;
import coldstream.evaluation.RunAreas;
import coldstream.evaluation.Stratum;
import coldstream.trainer.learning.GateReport;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two seeds of three arms whose areas are set by hand: the second is better than both others, the third as the first. */
final class ReportTest {

    private static final Arm NONE = arm("none", "encoder");
    private static final Arm GUIDED = arm("s-llmr+residual", "encoder");
    private static final Arm ORACLE = arm("residual", "oracle");
    private static final EvaluationReport REPORT = EvaluationReport.of(
            "prequential",
            "made-up",
            new DataSet.Summary(1_000, 50, 30),
            "implicit",
            Long.MAX_VALUE,
            List.of(runs(NONE, 0.80), runs(GUIDED, 0.85), runs(ORACLE, 0.80)));

    @Test
    void theTableFitsATerminalAndMarksOnlyWhatIsBetterThanAllOthers() {
        String table = ReportTable.of(REPORT);

        assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(table).contains(".8500*").doesNotContain(".8000*").contains("+.0500+");
        assertThat(table).contains("made-up: 1,000 events", "LEAKS THE FUTURE", "knows the future");
        assertThat(line(table, "less none"))
                .as("new_item has no areas and no difference")
                .hasSize(7);
    }

    @Test
    void whatWasNotLearntAndWhereItWasComputedIsSaid() throws IOException {
        String table = ReportTable.of(REPORT);
        JsonNode arms = Json.mapper().readTree(ReportJson.of(REPORT)).path("arms");

        assertThat(table)
                .contains("Computed on cpu", "6 steps of all seeds taught nothing", "  the loss must be finite");
        assertThat(table.split("taught nothing", -1))
                .as("arms that skipped nothing say nothing")
                .hasSize(2);
        assertThat(arms.get(0).path("device").asText()).isEqualTo("cpu");
        assertThat(arms.get(0).path("skipped_steps").asLong()).isZero();
        assertThat(arms.get(2).path("skipped_steps").asLong()).isEqualTo(3);
        assertThat(arms.get(2)
                        .path("skipped_because")
                        .path("the loss must be finite")
                        .asLong())
                .isEqualTo(3);
    }

    @Test
    void everyArmIsComparedWithTheFirstAndWithItsTwinWithoutGuidance() {
        assertThat(REPORT.comparisons())
                .extracting(Comparison::arm, Comparison::baseline)
                .containsExactly(tuple(GUIDED, NONE), tuple(ORACLE, NONE));
        Arm twin = arm("none", "oracle");
        EvaluationReport withTwin = EvaluationReport.of(
                "prequential",
                "made-up",
                new DataSet.Summary(1, 1, 1),
                "implicit",
                100,
                List.of(runs(NONE, 0.8), runs(ORACLE, 0.9), runs(twin, 0.7)));

        assertThat(withTwin.comparisons())
                .extracting(Comparison::arm, Comparison::baseline)
                .contains(tuple(ORACLE, twin));
    }

    @Test
    void theCsvHasALineARunAndStratumAndThenTheMeansWithDifferences() throws IOException {
        List<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(ReportCsv.of(REPORT)).stream()
                .toList();

        assertThat(lines.size()).isEqualTo(3 * 2 * 8 + 3 * 8);
        NamedCsvRecord first = lines.get(0);
        assertThat(first.getField("auc")).isEqualTo("0.790000");
        assertThat(first.getField("positives")).isEqualTo("100");
        assertThat(first.getField("settings")).isEqualTo("backbone=dcnv2;seed=4");
        NamedCsvRecord mean = lines.stream()
                .filter(line -> line.getField("seed").equals("mean")
                        && line.getField("arm").equals(GUIDED.toString())
                        && line.getField("stratum").equals("overall"))
                .findFirst()
                .orElseThrow();
        assertThat(mean.getField("auc")).isEqualTo("0.850000");
        assertThat(mean.getField("difference")).isEqualTo("0.050000");
        assertThat(mean.getField("difference_low")).isEqualTo("0.050000");
        assertThat(mean.getField("settings")).isEqualTo("backbone=dcnv2");
        assertThat(lines.stream()
                        .filter(line -> line.getField("stratum").equals("new_item"))
                        .map(line -> line.getField("auc")))
                .containsOnly("");
    }

    @Test
    void theJsonRepeatsEverySettingAndMarksTheOracle() throws IOException {
        JsonNode json = Json.mapper().readTree(ReportJson.of(REPORT));

        assertThat(json.get("arms")).hasSize(6);
        JsonNode oracle = json.get("arms").get(5);
        assertThat(oracle.get("leaks_the_future").asBoolean()).isTrue();
        assertThat(oracle.get("teacher").asText()).isEqualTo("oracle");
        assertThat(oracle.get("config").get("seed").asText()).isEqualTo("5");
        assertThat(oracle.get("strata").get("new_item").get("auc").isNull()).isTrue();
        assertThat(oracle.get("strata")
                        .get("overall")
                        .get("auc_over_time")
                        .get(1)
                        .isNull())
                .isTrue();
        assertThat(json.get("paired").get(0).get("difference").asDouble()).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void theChartShowsEveryArmAndHowToMakeItAgain() {
        assertThat(ReportChart.of(REPORT, List.of("overall", "cold")))
                .contains("AUC, overall", "AUC, cold", "none", "s-llmr+residual", "backbone=dcnv2", "1,000");
    }

    private static List<String> line(String table, String start) {
        return table.lines()
                .filter(line -> line.strip().startsWith(start))
                .map(line -> List.of(line.substring(28).strip().split("\\s+")))
                .findFirst()
                .orElseThrow();
    }

    private static Arm arm(String guidance, String teacher) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("backbone", "dcnv2");
        settings.put("guidance", guidance);
        settings.put("gate", "reliability");
        settings.put("item-rows", "text");
        settings.put("teacher", teacher);
        return new Arm(settings);
    }

    private static ArmRuns runs(Arm arm, double auc) {
        return new ArmRuns(arm, List.of(4L, 5L), List.of(run(auc - 0.01, 4), run(auc + 0.01, 5)));
    }

    private static RunResult run(double auc, long seed) {
        Map<String, StratumResult> strata = new LinkedHashMap<>();
        Map<String, AreaDraws> areas = new LinkedHashMap<>();
        for (Stratum stratum : Stratum.values()) {
            boolean known = stratum != Stratum.NEW_ITEM;
            double area = known ? auc : Double.NaN;
            strata.put(
                    stratum.key(),
                    new StratumResult(area, area, area, 0.5, known ? 100 : 0, 1, 0.01, List.of(area, Double.NaN)));
            if (known) {
                areas.put(stratum.key(), new AreaDraws(area, draws(area)));
            }
        }
        return new RunResult(
                strata,
                new RunAreas("events", areas),
                Optional.empty(),
                gate(),
                "cpu",
                auc > 0.82 ? Map.of("the loss must be finite", 3L) : Map.of(),
                2,
                1_000,
                800,
                300,
                Optional.empty(),
                Map.of("backbone", "dcnv2", "seed", Long.toString(seed)));
    }

    /** Draws that move all arms alike, so that only real differences remain. */
    private static List<Double> draws(double area) {
        List<Double> draws = new ArrayList<>();
        IntStream.range(0, 200).forEach(draw -> draws.add(area + Math.sin(draw) / 100));
        return draws;
    }

    private static GateReport gate() {
        return new GateReport(
                "reliability",
                "entropy",
                List.of(0.0, 0.0, 0.0),
                0,
                Map.of("cold_tail", 0.3),
                Map.of(),
                10,
                20,
                new GateReport.Dose(0.01, 0.2, 0.1),
                Map.of());
    }
}
