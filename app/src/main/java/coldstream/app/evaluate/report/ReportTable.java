package coldstream.app.evaluate.report;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.evaluation.PairedDifference;
import coldstream.evaluation.Stratum;
import coldstream.trainer.learning.GateReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The result of an evaluation for people, at most {@value TextTable#WIDTH} columns wide. */
public final class ReportTable {

    private static final List<String> STRATA =
            Arrays.stream(Stratum.values()).map(Stratum::key).toList();

    private final EvaluationReport report;
    private final List<String> differences;
    private final TextTable text = new TextTable();

    private ReportTable(EvaluationReport report) {
        this.report = report;
        differences = Arm.differences(report.arms().stream().map(ArmRuns::arm).toList());
    }

    public static String of(EvaluationReport report) {
        return new ReportTable(report).text();
    }

    private String text() {
        text.line("%s: %,d events, %,d users, %,d items; seeds %s"
                .formatted(
                        report.dataName(),
                        report.data().events(),
                        report.data().users(),
                        report.data().items(),
                        report.seeds()));
        text.line("Every arm: " + common());
        text.line("Computed on " + devices());
        areas();
        compared();
        learning();
        skipped();
        if (report.arms().stream().anyMatch(runs -> runs.arm().leaks())) {
            text.line("");
            text.line("An oracle teacher knows the future: its arms prove that a good teacher is used, nothing else.");
        }
        return text.toString();
    }

    /** What all arms share. */
    private String common() {
        Arm first = report.arms().get(0).arm();
        List<String> shared = new ArrayList<>(first.settings().keySet());
        shared.removeAll(differences);
        return shared.isEmpty() ? "nothing in common" : first.describe(shared);
    }

    private String devices() {
        return report.arms().stream()
                .flatMap(runs -> runs.results().stream())
                .map(RunResult::device)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Steps that taught nothing, with the rules that did not hold: what was not learnt is not left unsaid. */
    private void skipped() {
        for (ArmRuns runs : report.arms()) {
            Map<String, Long> reasons = new TreeMap<>();
            runs.results()
                    .forEach(run -> run.skipped().forEach((reason, steps) -> reasons.merge(reason, steps, Long::sum)));
            reasons.forEach((reason, steps) -> {
                text.line("");
                text.line("%s: %,d steps of all seeds taught nothing:".formatted(label(runs.arm()), steps));
                text.line("  " + reason);
            });
        }
    }

    private void areas() {
        text.line("");
        text.head("AUC, mean over seeds", STRATA);
        List<Optional<Arm>> best = STRATA.stream().map(report::best).toList();
        for (ArmRuns runs : report.arms()) {
            List<String> cells = new ArrayList<>();
            for (int place = 0; place < STRATA.size(); place++) {
                String mark = best.get(place).equals(Optional.of(runs.arm())) ? "*" : " ";
                cells.add(TextTable.area(runs.mean(STRATA.get(place), StratumResult::auc)) + mark);
            }
            text.row(label(runs.arm()), cells);
        }
        ArmRuns first = report.arms().get(0);
        text.row(
                "positives",
                STRATA.stream()
                        .map(stratum -> "%.0f ".formatted(first.mean(stratum, StratumResult::n)))
                        .toList());
        text.line("* better than every other arm beyond the paired 95 % interval");
    }

    private void compared() {
        for (Comparison comparison : report.comparisons()) {
            text.line("");
            text.line(label(comparison.arm()));
            differences("  less " + label(comparison.baseline()), comparison.strata());
            if (!comparison.within().isEmpty()) {
                differences("  the same within events", comparison.within());
            }
        }
        if (!report.comparisons().isEmpty()) {
            text.line("");
            text.line("+ better, - worse beyond the interval; users and seeds drawn with replacement, 200 draws");
        }
    }

    private void differences(String label, Map<String, PairedDifference> found) {
        List<String> cells = new ArrayList<>();
        List<String> halves = new ArrayList<>();
        for (String stratum : STRATA) {
            PairedDifference difference = found.get(stratum);
            cells.add(difference == null ? "" : TextTable.difference(difference));
            halves.add(difference == null ? "" : TextTable.half(difference));
        }
        text.row(label, cells);
        text.row("  95 %", halves);
    }

    private void learning() {
        text.line("");
        text.head(
                "Learning, mean over seeds",
                List.of(
                        "calib_ratio",
                        "calib_ece",
                        "dose",
                        "active_hinges",
                        "norm_ratio",
                        "1:99_overall",
                        "seconds",
                        "events_per s"));
        for (ArmRuns runs : report.arms()) {
            String overall = Stratum.OVERALL.key();
            text.row(
                    label(runs.arm()),
                    List.of(
                            "%.3f ".formatted(runs.mean(overall, StratumResult::calibrationRatio)),
                            TextTable.area(runs.mean(overall, StratumResult::calibrationError)) + " ",
                            "%.4f ".formatted(runs.mean(run -> dose(run).effective())),
                            TextTable.area(runs.mean(run -> dose(run).activeHinges())) + " ",
                            TextTable.area(runs.mean(run -> dose(run).gradientRatio())) + " ",
                            TextTable.area(runs.withinMean(overall)) + " ",
                            "%.0f ".formatted(runs.mean(RunResult::seconds)),
                            "%,.0f ".formatted(runs.mean(RunResult::eventsPerSecond))));
        }
        calls();
        alphas();
    }

    /** What the arms spent on the language model, so that nobody compares different budgets unawares. */
    private void calls() {
        List<ArmRuns> guided = report.arms().stream()
                .filter(runs -> runs.mean(RunResult::calls) > 0)
                .toList();
        if (guided.isEmpty()) {
            return;
        }
        text.line("");
        text.head("Language model, events", List.of("calls", "per_1,000"));
        for (ArmRuns runs : guided) {
            text.row(
                    label(runs.arm()),
                    List.of(
                            "%,.0f ".formatted(runs.mean(RunResult::calls)),
                            "%.0f ".formatted(runs.mean(run -> 1_000.0 * run.calls() / run.events()))));
        }
    }

    private static GateReport.Dose dose(RunResult run) {
        return run.gate().dose();
    }

    private void alphas() {
        List<String> cells = List.of("cold_tail", "cold_head", "warm_tail", "warm_head");
        List<ArmRuns> gated = report.arms().stream()
                .filter(runs -> runs.results().stream()
                        .anyMatch(run -> !run.gate().alpha().isEmpty()))
                .toList();
        if (gated.isEmpty()) {
            return;
        }
        text.line("");
        text.head("Mean alpha of the gate by cell", cells);
        for (ArmRuns runs : gated) {
            text.row(
                    label(runs.arm()),
                    cells.stream()
                            .map(cell -> TextTable.area(
                                            runs.mean(run -> run.gate().alpha().getOrDefault(cell, Double.NaN)))
                                    + " ")
                            .toList());
        }
    }

    private String label(Arm arm) {
        return arm.describe(differences);
    }
}
