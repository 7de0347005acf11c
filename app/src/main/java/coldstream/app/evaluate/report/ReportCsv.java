package coldstream.app.evaluate.report;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.evaluation.PairedDifference;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form of {@code evaluate --csv}, RFC 4180: a line a run and stratum, then a line an arm and stratum with the mean over
 * seeds and its difference to the first arm. The last column holds every setting of the learner.
 */
final class ReportCsv {

    private static final List<String> HEAD = List.of(
            "data",
            "events",
            "labels",
            "arm",
            "teacher",
            "seed",
            "stratum",
            "auc",
            "auc_low",
            "auc_high",
            "logloss",
            "positives",
            "calibration_ratio",
            "calibration_error",
            "difference",
            "difference_low",
            "difference_high",
            "settings");

    private final EvaluationReport report;
    private final StringWriter text = new StringWriter();

    private ReportCsv(EvaluationReport report) {
        this.report = report;
    }

    static String of(EvaluationReport report) throws IOException {
        return new ReportCsv(report).text();
    }

    private String text() throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(HEAD);
            report.arms().forEach(runs -> runs(runs, csv));
            report.arms().forEach(runs -> means(runs, csv));
        }
        return text.toString();
    }

    private void runs(ArmRuns runs, CsvWriter csv) {
        for (int place = 0; place < runs.seeds().size(); place++) {
            RunResult result = runs.results().get(place);
            String seed = Long.toString(runs.seeds().get(place));
            result.strata()
                    .forEach((stratum, found) -> csv.writeRecord(line(
                            runs.arm(),
                            seed,
                            stratum,
                            List.of(
                                    found.auc(),
                                    found.aucLow(),
                                    found.aucHigh(),
                                    found.logloss(),
                                    found.n(),
                                    found.calibrationRatio(),
                                    found.calibrationError()),
                            Optional.empty(),
                            result.config())));
        }
    }

    private void means(ArmRuns runs, CsvWriter csv) {
        for (String stratum : runs.results().get(0).strata().keySet()) {
            csv.writeRecord(line(
                    runs.arm(),
                    "mean",
                    stratum,
                    List.of(
                            runs.mean(stratum, StratumResult::auc),
                            Double.NaN,
                            Double.NaN,
                            runs.mean(stratum, StratumResult::logloss),
                            Math.round(runs.mean(stratum, StratumResult::n)),
                            runs.mean(stratum, StratumResult::calibrationRatio),
                            runs.mean(stratum, StratumResult::calibrationError)),
                    difference(runs.arm(), stratum),
                    runs.results().get(0).config()));
        }
    }

    private Optional<PairedDifference> difference(Arm arm, String stratum) {
        Arm first = report.arms().get(0).arm();
        return report.comparisons().stream()
                .filter(comparison ->
                        comparison.arm().equals(arm) && comparison.baseline().equals(first))
                .flatMap(comparison -> Optional.ofNullable(comparison.strata().get(stratum)).stream())
                .findFirst();
    }

    private List<String> line(
            Arm arm,
            String seed,
            String stratum,
            List<? extends Number> figures,
            Optional<PairedDifference> difference,
            Map<String, String> config) {
        List<String> line = new ArrayList<>(List.of(
                report.dataName(),
                Long.toString(report.data().events()),
                report.labels(),
                arm.toString(),
                arm.taught() ? arm.teacher() : "none",
                seed,
                stratum));
        figures.forEach(
                figure -> line.add(figure instanceof Long whole ? Long.toString(whole) : number(figure.doubleValue())));
        line.add(difference.map(found -> number(found.difference())).orElse(""));
        line.add(difference.map(found -> number(found.low())).orElse(""));
        line.add(difference.map(found -> number(found.high())).orElse(""));
        line.add(settings(config, seed));
        return line;
    }

    private static String number(double value) {
        return Double.isFinite(value) ? "%.6f".formatted(value) : "";
    }

    private static String settings(Map<String, String> config, String seed) {
        List<String> settings = new ArrayList<>();
        config.forEach((name, value) -> {
            if (!name.equals("seed") || !seed.equals("mean")) {
                settings.add(name + "=" + value);
            }
        });
        return String.join(";", settings);
    }
}
