package coldstream.app.evaluate.report;

import coldstream.app.evaluate.protocol.EvaluateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes the files that were asked for. */
public final class ReportFiles {

    private ReportFiles() {}

    public static void write(EvaluationReport report, EvaluateOptions options) throws IOException {
        Optional<Path> json = options.out();
        if (json.isPresent()) {
            Files.write(json.get(), ReportJson.of(report));
        }
        Optional<Path> csv = options.csv();
        if (csv.isPresent()) {
            Files.writeString(csv.get(), ReportCsv.of(report));
        }
        Optional<Path> chart = options.prequential().chart();
        if (chart.isPresent()) {
            Files.writeString(
                    chart.get(), ReportChart.of(report, options.prequential().chartStrata()));
        }
    }
}
