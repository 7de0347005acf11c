package coldstream.app.evaluate.report;

import coldstream.app.evaluate.protocol.Arm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form of {@code evaluate --chart}: a panel a stratum, areas over time by arm, each the mean over seeds. */
final class ReportChart {

    private ReportChart() {}

    static String of(EvaluationReport report, List<String> strata) {
        List<Arm> arms = report.arms().stream().map(ArmRuns::arm).toList();
        List<String> differences = Arm.differences(arms);
        List<LineChart.Panel> panels = new ArrayList<>();
        double events = report.data().events();
        double from = events - report.arms().get(0).results().get(0).countedEvents();
        for (String stratum : strata) {
            List<List<Double>> lines =
                    report.arms().stream().map(runs -> runs.overTime(stratum)).toList();
            panels.add(new LineChart.Panel("AUC, " + stratum, from, events, lines));
        }
        String title = "%s, prequential AUC over time, seeds %s".formatted(report.dataName(), report.seeds());
        List<String> names = arms.stream().map(arm -> arm.describe(differences)).toList();
        return new LineChart(title, "events", names, panels, settings(report)).svg();
    }

    /** Every setting of every arm. */
    private static String settings(EvaluationReport report) {
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        report.arms().forEach(runs -> {
            Map<String, String> config =
                    new LinkedHashMap<>(runs.results().get(0).config());
            config.put("teacher", runs.arm().teacher());
            settings.put(runs.arm().toString(), config);
        });
        return "%s, labels %s, seeds %s, %s".formatted(report.dataName(), report.labels(), report.seeds(), settings);
    }
}
