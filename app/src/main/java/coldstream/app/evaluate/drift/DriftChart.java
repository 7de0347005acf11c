package coldstream.app.evaluate.drift;

import coldstream.app.chart.TimeChart;
import coldstream.app.chart.TimeChart.Line;
import coldstream.app.chart.TimeChart.Mark;
import coldstream.app.chart.TimeChart.Panel;
import coldstream.app.chart.TimeChart.Point;
import coldstream.app.chart.TimeChart.Row;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The form of {@code evaluate --protocol drift --chart}. */
final class DriftChart {

    private DriftChart() {}

    static String of(DriftReport report) {
        return report.drifts().isEmpty() ? unknown(report) : known(report);
    }

    /** Areas by remedy, a panel a drift, of the first seed; the alarms are those without a remedy. */
    private static String known(DriftReport report) {
        List<Panel> panels = new ArrayList<>();
        for (String drift : report.drifts()) {
            StreamOutcome stream = report.of(drift).get(0);
            List<Mark> marks = new ArrayList<>(alarms(stream));
            stream.change().ifPresent(change -> marks.add(new Mark(change.from(), "it changes", false)));
            panels.add(new Panel("AUC, " + drift, stream.first(), stream.end(), areas(stream), marks));
        }
        return new TimeChart("AUC over time where something changes", panels).standalone();
    }

    private static List<Mark> alarms(StreamOutcome stream) {
        return counted(stream)
                .map(raised -> new Mark(raised.time(), raised.message(), true))
                .toList();
    }

    private static java.util.stream.Stream<Raised> counted(StreamOutcome stream) {
        return stream.arms().get(0).raised().stream()
                .filter(raised -> RemedyRun.leadsToAction(raised, stream.warmUp()));
    }

    private static List<Line> areas(StreamOutcome stream) {
        List<Line> lines = new ArrayList<>();
        for (ArmOutcome arm : stream.arms()) {
            List<Point> points = new ArrayList<>();
            for (int span = 0; span < arm.overTime().size(); span++) {
                points.add(new Point(stream.spanEnds().get(span), arm.overTime().get(span)));
            }
            lines.add(new Line(arm.remedy(), false, points));
        }
        return lines;
    }

    /** How much happened, how good the learner was, and what was raised when, of the first seed. */
    private static String unknown(DriftReport report) {
        StreamOutcome stream = report.of(DriftReport.NOTHING).get(0);
        Instant from = stream.first();
        List<Point> months = stream.perMonth().stream()
                .map(month -> new Point(middle(month.month()), month.events()))
                .toList();
        Map<String, List<Instant>> bySignal = new TreeMap<>();
        counted(stream).forEach(raised -> bySignal.computeIfAbsent(
                        "%s: %s, %s".formatted(raised.layer(), raised.signal(), raised.stratum()),
                        name -> new ArrayList<>())
                .add(raised.time()));
        List<Row> rows = bySignal.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .toList();
        List<Mark> facts = stream.facts().stream()
                .map(fact -> new Mark(fact.time(), fact.what(), false))
                .toList();
        List<Panel> panels = new ArrayList<>(List.of(
                new Panel("events a month", from, stream.end(), List.of(new Line("events", false, months)), facts),
                new Panel("AUC", from, stream.end(), areas(stream), facts)));
        if (!rows.isEmpty()) {
            panels.add(new Panel("alarms", from, stream.end(), List.of(), facts, rows));
        }
        return new TimeChart(report.data() + ": alarms over time", panels).standalone();
    }

    private static Instant middle(String month) {
        return YearMonth.parse(month).atDay(15).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
