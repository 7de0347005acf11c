package coldstream.app.evaluate.prequential;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.domain.StratumMetrics;
import coldstream.evaluation.PairedDifference;
import coldstream.evaluation.Stratum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The result of an evaluation for people: arms by strata, then what differs beyond its interval. */
final class EvaluationTable {

    private EvaluationTable() {}

    static String of(EvaluationReport report) {
        var text = new StringBuilder();
        text.append(
                line("AUC", List.of(Stratum.values()).stream().map(Stratum::key).toList()));
        Map<Arm, Integer> seeds = new LinkedHashMap<>();
        for (ArmRun run : report.runs()) {
            seeds.merge(run.arm(), 1, Integer::sum);
            text.append(line(
                    run.arm() + ", seed " + run.seed(),
                    run.strata().values().stream()
                            .map(StratumMetrics::auc)
                            .map(auc -> "%.4f".formatted(auc))
                            .toList()));
        }
        text.append(line(
                "positives",
                report.runs().get(0).strata().values().stream()
                        .map(metrics -> Long.toString(metrics.n()))
                        .toList()));
        report.paired().forEach((arm, differences) -> append(arm, differences, report, text));
        return text.toString();
    }

    private static void append(
            Arm arm, Map<String, PairedDifference> differences, EvaluationReport report, StringBuilder text) {
        text.append("\n%s%n  against %s (95 %% interval, users and seeds drawn with replacement):%n"
                .formatted(arm, report.runs().get(0).arm()));
        for (Stratum stratum : Stratum.values()) {
            if (differences.containsKey(stratum.key())) {
                PairedDifference found = Objects.requireNonNull(differences.get(stratum.key()));
                String verdict = found.better() ? "better" : found.worse() ? "WORSE" : "";
                text.append("  %-12s %+.4f  [%+.4f, %+.4f]  %s%n"
                        .formatted(stratum.key(), found.difference(), found.low(), found.high(), verdict)
                        .stripTrailing());
                text.append(System.lineSeparator());
            }
        }
    }

    private static String line(String name, List<String> cells) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-58s", name));
        cells.forEach(cell -> line.append(String.format(Locale.ROOT, "%12s", cell)));
        return line.append(System.lineSeparator()).toString();
    }
}
