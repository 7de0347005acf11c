package coldstream.app.evaluate.offline;

import coldstream.evaluation.PairedDifference;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The result for people: the split's counts, areas by stratum, full ranking, then what differs beyond its interval. */
final class LeaveOneOutTable {

    /** History of the rows the paper's Table 1 calls cold. */
    static final int COLD_HISTORY = 3;

    private static final int NAME = 58;

    private LeaveOneOutTable() {}

    static String of(LeaveOneOutReport report) {
        LeaveOneOut split = report.split();
        var text = new StringBuilder();
        line(
                text,
                "%s: %,d training rows, %,d of them with at most %d earlier interactions; %,d users tested, %,d not"
                        .formatted(
                                report.dataName(),
                                split.trainingRows(),
                                split.trainingRows(COLD_HISTORY),
                                COLD_HISTORY,
                                split.tested().length,
                                split.users().size() - split.tested().length));
        Trial any = report.trials().get(0);
        if (any.area(TestStratum.COLD).positives() == 0) {
            line(text, "cold is empty: every tested user has three or more earlier interactions");
        }
        line(text, "");
        line(text, "1:1 AUC, pooled; mean over seeds (standard error)");
        row(
                text,
                "",
                List.of(TestStratum.values()).stream().map(TestStratum::key).toList());
        report.byArm()
                .forEach((arm, trials) -> row(
                        text,
                        arm + seeds(trials),
                        List.of(TestStratum.values()).stream()
                                .map(stratum -> cell(
                                        trials, trial -> trial.area(stratum).value()))
                                .toList()));
        row(
                text,
                "positives",
                List.of(TestStratum.values()).stream()
                        .map(stratum -> Integer.toString(any.area(stratum).positives()))
                        .toList());
        line(text, "");
        line(
                text,
                "Full ranking, %,d users; mean over users and seeds (standard error over seeds)"
                        .formatted(any.ranking().users()));
        row(text, "", List.of("AUC", "HR@10", "NDCG@10", "best epoch", "seconds"));
        report.byArm()
                .forEach((arm, trials) -> row(
                        text,
                        arm + seeds(trials),
                        List.of(
                                cell(trials, trial -> trial.ranking().auc()),
                                cell(trials, trial -> trial.ranking().hits()),
                                cell(trials, trial -> trial.ranking().gain()),
                                epochs(trials),
                                "%.0f"
                                        .formatted(Seeds.mean(trials.stream()
                                                .map(Trial::seconds)
                                                .toList())))));
        int skipped = report.trials().stream()
                .flatMap(trial -> trial.training().stream())
                .mapToInt(Trial.Training::skipped)
                .sum();
        if (skipped > 0) {
            line(text, "%,d steps taught nothing, because the arithmetic broke".formatted(skipped));
        }
        report.byArm().keySet().stream()
                .filter(arm -> !arm.equals(report.baseline()))
                .forEach(arm -> differences(text, arm, report));
        return text.toString();
    }

    /** Such as {@code .7012 .7123}. */
    static String areas(List<Double> validation) {
        return validation.isEmpty()
                ? "none yet"
                : validation.stream().map(LeaveOneOutTable::number).collect(Collectors.joining(" "));
    }

    private static String seeds(List<Trial> trials) {
        return trials.size() == 1 ? ", seed " + trials.get(0).seed() : ", %d seeds".formatted(trials.size());
    }

    private static String epochs(List<Trial> trials) {
        String epochs = trials.stream()
                .flatMap(trial -> trial.training().stream())
                .map(training -> Integer.toString(training.best()))
                .collect(Collectors.joining(" "));
        return epochs.isEmpty() ? "-" : epochs;
    }

    private static String cell(List<Trial> trials, ToDoubleFunction<Trial> value) {
        List<Double> values = trials.stream().mapToDouble(value).boxed().toList();
        double error = Seeds.standardError(values);
        String mean = number(Seeds.mean(values));
        return Double.isNaN(error) ? mean : mean + " (" + number(error) + ")";
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "-"
                : String.format(Locale.ROOT, "%.4f", value).replaceFirst("^0", "");
    }

    private static void differences(StringBuilder text, String arm, LeaveOneOutReport report) {
        line(text, "");
        line(text, arm);
        line(text, "  against %s (95 %% interval over users and seeds):".formatted(report.baseline()));
        for (Map.Entry<TestStratum, PairedDifference> entry : report.paired(arm).entrySet()) {
            PairedDifference found = entry.getValue();
            String verdict = found.better() ? "better" : found.worse() ? "WORSE" : "";
            line(
                    text,
                    String.format(
                                    Locale.ROOT,
                                    "  %-12s %+.4f  [%+.4f, %+.4f]  %s",
                                    entry.getKey().key(),
                                    found.difference(),
                                    found.low(),
                                    found.high(),
                                    verdict)
                            .stripTrailing());
        }
    }

    private static void row(StringBuilder text, String name, List<String> cells) {
        var row = new StringBuilder(String.format(Locale.ROOT, "%-" + NAME + "s", name));
        cells.forEach(cell -> row.append(String.format(Locale.ROOT, "%15s", cell)));
        line(text, row.toString());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
