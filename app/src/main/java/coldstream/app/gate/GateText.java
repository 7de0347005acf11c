package coldstream.app.gate;

import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.gate.Signals;
import java.util.Locale;
import java.util.Objects;

/** Where the guidance stands, as a table for people: a line for each cell. */
public final class GateText {

    private GateText() {}

    /** The table, with a line about the whole above it. */
    public static String of(GateReport report) {
        var text = new StringBuilder();
        line(
                text,
                "gate %s, uncertainty by %s: %,d pairs trained, %,d comparisons came true",
                report.mode(),
                report.uncertainty(),
                report.pairs(),
                report.goldComparisons());
        line(
                text,
                "dose %.4f (pair weight x mean alpha), %.0f %% of hinges active, gradient ratio %.3f",
                report.dose().effective(),
                100 * report.dose().activeHinges(),
                report.dose().gradientRatio());
        if (!report.w().isEmpty()) {
            line(
                    text,
                    "alpha = sigmoid(%+.3f cold %+.3f tail %+.3f q %+.3f)",
                    report.w().get(0),
                    report.w().get(1),
                    report.w().get(2),
                    report.b());
        }
        line(
                text,
                "%n%-10s %9s %10s %10s   %-16s %12s",
                "cell",
                "alpha now",
                "pairs",
                "agreement",
                "95 % interval",
                "comparisons");
        for (String name : Signals.CELLS) {
            GateReport.Cell cell = Objects.requireNonNull(report.cells().get(name), name);
            line(
                    text,
                    "%-10s %9.3f %,10d %10.3f   [%.3f, %.3f]   %,12.1f",
                    name,
                    cell.alpha(),
                    cell.pairs(),
                    cell.agreement(),
                    cell.low(),
                    cell.high(),
                    cell.golds());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
