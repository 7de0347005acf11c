package coldstream.app.evaluate.drift;

import coldstream.evaluation.PairedDifference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;

/** The result for people, as Markdown that reads as it is. */
final class DriftTable {

    private static final String STRATUM = "overall";

    private final DriftReport report;
    private final StringBuilder text = new StringBuilder();

    private DriftTable(DriftReport report) {
        this.report = report;
    }

    static String of(DriftReport report) {
        return new DriftTable(report).table();
    }

    private String table() {
        line("%s, %s", report.data(), report.arm());
        if (report.drifts().isEmpty()) {
            alarms();
        } else {
            detections();
            first();
        }
        gains();
        return text.toString();
    }

    private void detections() {
        line(
                "%nDetected of all seeds, and the median delay in events and in days of the stream; within %s days.%n",
                plain(report.horizon()));
        List<String> detectors = report.detectors();
        row("drift", detectors);
        row("---", detectors.stream().map(name -> "---").toList());
        for (String drift : report.drifts()) {
            row(
                    drift,
                    detectors.stream()
                            .map(name -> cell(report.detections(drift, name)))
                            .toList());
        }
        row(
                "false alarms a day where nothing changes",
                detectors.stream()
                        .map(name -> "%.3f".formatted(report.falseAlarmsPerDay(name)))
                        .toList());
        row(
                "chance of one within as many days",
                detectors.stream()
                        .map(name -> "%.2f".formatted(Detection.luck(report.falseAlarmsPerDay(name), report.horizon())))
                        .toList());
    }

    private static String cell(List<Optional<Detection>> detections) {
        List<Detection> found = detections.stream().flatMap(Optional::stream).toList();
        String share = "%d/%d".formatted(found.size(), detections.size());
        if (found.isEmpty()) {
            return share;
        }
        double events = median(found.stream().mapToDouble(Detection::events).toArray());
        double days = median(found.stream().mapToDouble(Detection::days).toArray());
        return "%s, %,.0f (%.1f d)".formatted(share, events, days);
    }

    private void first() {
        line("%nWhat the watch raised first, seed by seed.%n");
        row("drift", List.of("layer", "signal", "stratum", "detector", "events", "statistic", "threshold"));
        row("---", List.of("---", "---", "---", "---", "---", "---", "---"));
        for (String drift : report.drifts()) {
            for (Optional<Detection> detection : report.detections(drift, DriftReport.WATCH)) {
                detection.ifPresent(found -> {
                    Raised raised = found.raised();
                    row(
                            drift,
                            List.of(
                                    raised.layer(),
                                    raised.signal(),
                                    raised.stratum(),
                                    raised.detector(),
                                    "%,d".formatted(found.events()),
                                    "%.4g".formatted(raised.statistic()),
                                    "%.4g".formatted(raised.threshold())));
                });
            }
        }
    }

    /** Where nobody knows what changed. */
    private void alarms() {
        line("%nAlarms by detector and signal, after the first fifth.%n");
        Map<String, Integer> counts = new java.util.TreeMap<>();
        for (StreamOutcome stream : report.of(DriftReport.NOTHING)) {
            stream.arms().get(0).raised().stream()
                    .filter(raised -> raised.event() > stream.warmUp())
                    .forEach(raised -> counts.merge(
                            "%s | %s | %s | %s"
                                    .formatted(raised.detector(), raised.layer(), raised.signal(), raised.stratum()),
                            1,
                            Integer::sum));
        }
        row("detector", List.of("layer", "signal", "stratum", "alarms"));
        row("---", List.of("---", "---", "---", "---"));
        counts.forEach((name, count) -> row(name, List.of(Integer.toString(count))));
    }

    private void gains() {
        List<String> remedies = report.remedies();
        if (remedies.size() < 2) {
            return;
        }
        line(
                "%nArea under the curve from the change on (the second half where nothing changes): doing nothing, and what"
                        + " each action gained, with its 95 %% interval over users and seeds; + and - are beyond it. Times acted in"
                        + " brackets.%n");
        row("drift", remedies);
        row("---", remedies.stream().map(name -> "---").toList());
        for (String drift : report.streams().keySet()) {
            String[] cells = new String[remedies.size()];
            cells[0] = "%.4f"
                    .formatted(report.of(drift).stream()
                            .mapToDouble(stream -> Objects.requireNonNull(stream.arms()
                                            .get(0)
                                            .after()
                                            .strata()
                                            .get(STRATUM))
                                    .area())
                            .average()
                            .orElse(Double.NaN));
            for (int remedy = 1; remedy < cells.length; remedy++) {
                PairedDifference gain =
                        Objects.requireNonNull(report.gain(drift, remedy).get(STRATUM));
                String mark = gain.better() ? " +" : gain.worse() ? " -" : "";
                cells[remedy] = "%+.4f (%+.4f to %+.4f)%s [%d]"
                        .formatted(gain.difference(), gain.low(), gain.high(), mark, report.acted(drift, remedy));
            }
            row(drift, Arrays.asList(cells));
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private void row(String label, List<String> cells) {
        var line = new StringJoiner(" | ", "| ", " |\n").add(label);
        cells.forEach(line::add);
        text.append(line);
    }

    @com.google.errorprone.annotations.FormatMethod
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
