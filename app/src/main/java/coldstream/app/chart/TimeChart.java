package coldstream.app.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over calendar time as SVG, one panel below the other. Text takes the colour around it, lines colours that people with
 * any colour vision tell apart on light and dark ground. Times are UTC.
 *
 * @param title of the whole drawing, also for those who cannot see it
 */
public record TimeChart(String title, List<Panel> panels) {

    /**
     * @param from left end
     * @param to right end
     * @param marks moments to be seen
     * @param rows where there are any, drawn instead of lines
     */
    public record Panel(String title, Instant from, Instant to, List<Line> lines, List<Mark> marks, List<Row> rows) {

        /** With an axis of values. */
        public Panel(String title, Instant from, Instant to, List<Line> lines, List<Mark> marks) {
            this(title, from, to, lines, marks, List.of());
        }

        int height() {
            return rows.isEmpty() ? PLOT : ROW * rows.size();
        }
    }

    /** A name with moments: a point each, in a line of its own. */
    public record Row(String name, List<Instant> times) {}

    /**
     * @param limit whether it is a threshold: drawn dashed and grey
     * @param points by time; NaN leaves a gap
     */
    public record Line(String name, boolean limit, List<Point> points) {}

    /** A value at a time. */
    public record Point(Instant time, double value) {}

    /**
     * A moment.
     *
     * @param alarm whether something was raised then, and not merely known
     */
    public record Mark(Instant time, String text, boolean alarm) {}

    private static final int WIDTH = 900;
    private static final int PLOT = 130;
    private static final int ROW = 18;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int GAP = 62;
    private static final String ALARM = "#d55e00";
    private static final List<String> COLOURS =
            List.of("#0072b2", "#009e73", "#cc79a7", "#b8860b", "#8a2be2", "#56b4e9");

    /** For a page: colours and fonts are the page's. */
    public String inline() {
        return draw("");
    }

    /** For a file of its own. */
    public String standalone() {
        return draw("""
                <style>svg { color: #333; font: 12px sans-serif }
                @media (prefers-color-scheme: dark) { svg { color: #ddd } }</style>
                """);
    }

    private String draw(String style) {
        int height = 8 + panels.stream().mapToInt(panel -> panel.height() + GAP).sum();
        var svg = new StringBuilder(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"12\" fill=\"currentColor\">%n<title>%s</title>%n%s",
                WIDTH, height, WIDTH, height, escape(title), escape(title), style));
        int top = 34;
        for (Panel panel : panels) {
            panel(panel, top, svg);
            top += panel.height() + GAP;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void panel(Panel panel, int top, StringBuilder svg) {
        legend(panel, top, svg);
        for (int tick = 0; tick <= 4; tick++) {
            Instant time = panel.from().plus(between(panel).multipliedBy(tick).dividedBy(4));
            String anchor = tick == 0 ? "start" : tick == 4 ? "end" : "middle";
            svg.append(text(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                    x(time, panel), top + panel.height() + 15, anchor, date(time, panel)));
        }
        for (Mark mark : panel.marks()) {
            mark(mark, panel, top, svg);
        }
        if (panel.rows().isEmpty()) {
            lines(panel, top, svg);
        }
        for (int row = 0; row < panel.rows().size(); row++) {
            row(panel.rows().get(row), panel, top + ROW * row + ROW / 2, svg);
        }
    }

    private static void row(Row row, Panel panel, int y, StringBuilder svg) {
        svg.append(text("<path stroke=\"#999\" stroke-opacity=\".35\" d=\"M%d %d H%d\"/>%n", LEFT, y, WIDTH - RIGHT));
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" font-size=\"10\" fill-opacity=\".8\">%s</text>%n",
                LEFT + 4, y - 2, escape(row.name())));
        for (Instant time : row.times()) {
            svg.append(text("<circle cx=\"%.1f\" cy=\"%d\" r=\"4\" fill=\"%s\"/>%n", x(time, panel), y, ALARM));
        }
    }

    private static void lines(Panel panel, int top, StringBuilder svg) {
        double[] range = range(panel);
        for (double value : new double[] {range[0], (range[0] + range[1]) / 2, range[1]}) {
            double y = y(value, range, top);
            svg.append(text(
                    "<path stroke=\"#999\" stroke-opacity=\".35\" d=\"M%d %.1f h%d\"/>%n",
                    LEFT, y, WIDTH - LEFT - RIGHT));
            svg.append(
                    text("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 6, y + 4, number(value)));
        }
        int colour = 0;
        for (Line line : panel.lines()) {
            String stroke = line.limit() ? "#888" : COLOURS.get(colour++ % COLOURS.size());
            svg.append(text(
                    "<path fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"%s d=\"%s\"/>%n",
                    stroke, line.limit() ? " stroke-dasharray=\"5 3\"" : "", path(line, panel, range, top)));
        }
    }

    private static void legend(Panel panel, int top, StringBuilder svg) {
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n", LEFT, top - 18, escape(panel.title())));
        double x = LEFT;
        int colour = 0;
        for (Line line : panel.lines()) {
            String stroke = line.limit() ? "#888" : COLOURS.get(colour++ % COLOURS.size());
            svg.append(text(
                    "<path stroke=\"%s\" stroke-width=\"2\"%s d=\"M%.0f %d h18\"/><text x=\"%.0f\" y=\"%d\">%s</text>%n",
                    stroke,
                    line.limit() ? " stroke-dasharray=\"5 3\"" : "",
                    x,
                    top - 8,
                    x + 22,
                    top - 4,
                    escape(line.name())));
            x += 40 + 6.6 * line.name().length();
        }
    }

    private static void mark(Mark mark, Panel panel, int top, StringBuilder svg) {
        double x = x(mark.time(), panel);
        String look = mark.alarm()
                ? "stroke=\"" + ALARM + "\" stroke-width=\"1.4\""
                : "stroke=\"currentColor\" stroke-dasharray=\"2 2\"";
        svg.append(text(
                "<path %s d=\"M%.1f %d v%d\"><title>%s</title></path>%n",
                look, x, top, panel.height(), escape(mark.text())));
        if (!mark.alarm()) {
            svg.append(text(
                    "<text x=\"%.1f\" y=\"%d\" font-size=\"10\">%s</text>%n", x + 3, top + 10, escape(mark.text())));
        }
    }

    /** Moves over gaps, lines elsewhere. */
    private static String path(Line line, Panel panel, double[] range, int top) {
        List<String> points = new ArrayList<>();
        boolean pen = false;
        for (Point point : line.points()) {
            if (Double.isFinite(point.value())) {
                double y = y(point.value(), range, top);
                points.add(text("%s%.1f %.1f", pen ? "L" : "M", x(point.time(), panel), y));
            }
            pen = Double.isFinite(point.value());
        }
        return String.join(" ", points);
    }

    private static double x(Instant time, Panel panel) {
        double share = Duration.between(panel.from(), time).toMillis()
                / (double) Math.max(1, between(panel).toMillis());
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.max(0, Math.min(1, share));
    }

    private static double y(double value, double[] range, int top) {
        return top + PLOT * (range[1] - value) / (range[1] - range[0]);
    }

    private static Duration between(Panel panel) {
        return Duration.between(panel.from(), panel.to());
    }

    /** The least and the greatest value, apart in any case. */
    private static double[] range(Panel panel) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Line line : panel.lines()) {
            for (Point point : line.points()) {
                if (Double.isFinite(point.value())) {
                    low = Math.min(low, point.value());
                    high = Math.max(high, point.value());
                }
            }
        }
        if (low > high) {
            return new double[] {0, 1};
        }
        double margin = Math.max((high - low) * 0.05, Math.max(1e-9, Math.abs(high) * 1e-6));
        return new double[] {low - (low == 0 ? 0 : margin), high + margin};
    }

    private static String date(Instant time, Panel panel) {
        String form = between(panel).toDays() > 900 ? "yyyy-MM" : between(panel).toDays() > 3 ? "d MMM" : "d MMM HH:mm";
        return DateTimeFormatter.ofPattern(form, Locale.ROOT).format(time.atOffset(ZoneOffset.UTC));
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (size != 0 && size < 0.001) {
            return text("%.1e", value);
        }
        return size < 10 ? text("%.3f", value) : size < 1_000 ? text("%.1f", value) : text("%,.0f", value);
    }

    @com.google.errorprone.annotations.FormatMethod
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Text as text, also within an attribute. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
