package coldstream.app.demo;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as a table for people. */
final class ReportText {

    private ReportText() {}

    static String of(Report report) {
        StringBuilder text = new StringBuilder();
        line(text, "%n%-12s %8s   %-17s %9s %10s", "stratum", "AUC", "95 % interval", "log loss", "events");
        report.prequential()
                .forEach((stratum, quality) -> line(
                        text,
                        "%-12s %8s   %-17s %9s %,10d",
                        stratum,
                        number(quality.auc()),
                        "[" + number(quality.aucLow()) + ", " + number(quality.aucHigh()) + "]",
                        number(quality.logloss()),
                        quality.n()));
        Report.Events events = report.events();
        line(
                text,
                "%nevents    %,d read = %,d accepted + %,d rejected + %,d duplicates",
                events.read(),
                events.accepted(),
                events.rejected(),
                events.duplicates());
        line(
                text,
                "trained   %,d samples, %,d skipped, %,d pairs (%s, %s, gate %s, seed %d, %s)",
                report.samplesTrained(),
                report.samplesSkipped(),
                report.pairsTrained(),
                report.backbone(),
                report.guidance(),
                report.gate().mode(),
                report.seed(),
                report.device());
        Report.Scoring scoring = report.scoring();
        line(
                text,
                "teacher   %s: %,d requests, %,d calls, %,d scores stored, %,d failures",
                scoring.scorer(),
                scoring.requests(),
                scoring.llmCalls(),
                scoring.scoresStored(),
                scoring.failures());
        line(
                text,
                "cost      %.4f in all, %s a thousand events, %,d tokens read, %,d written; %,d requests dropped",
                scoring.cost(),
                scoring.costPerThousandEvents() == null
                        ? "-"
                        : String.format(Locale.ROOT, "%.4f", scoring.costPerThousandEvents()),
                scoring.promptTokens(),
                scoring.completionTokens(),
                scoring.dropped());
        line(
                text,
                "model     %d snapshots, champion is version %s",
                report.snapshots().size(),
                report.champion());
        Report.Latency latency = report.latencySeconds();
        line(
                text,
                "latency   event to trained p50 %s s, p99 %s s; event to servable p50 %s s, p99 %s s",
                seconds(latency.eventToTrained().p50()),
                seconds(latency.eventToTrained().p99()),
                seconds(latency.eventToServable().p50()),
                seconds(latency.eventToServable().p99()));
        line(
                text,
                "speed     %,.0f events a second, %,.0f samples a second; %,.0f s in all",
                report.throughput().eventsPerSecond(),
                report.throughput().samplesPerSecond(),
                report.durationSeconds());
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String seconds(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }
}
