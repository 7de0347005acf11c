package coldstream.app.evaluate.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Lines over a common axis, as a standalone SVG: one panel below the other, a legend on top. Colours are told apart by people
 * with any colour vision and on light and dark ground alike; the ground is the reader's own.
 *
 * @param title above everything
 * @param names of the lines, the same in every panel
 * @param note for machines: how to make it again
 */
record LineChart(String title, String axis, List<String> names, List<Panel> panels, String note) {

    /**
     * @param lines one per name: values at equal steps; NaN leaves a gap
     * @param from where the first step begins on the axis
     * @param to where the last step ends
     */
    record Panel(String title, double from, double to, List<List<Double>> lines) {}

    private static final int WIDTH = 900;
    private static final int PLOT = 220;
    private static final int LEFT = 64;
    private static final int RIGHT = 20;
    private static final int LEGEND_LINE = 20;

    /** Okabe and Ito's colours, darkened or lightened to stand out on both grounds. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#8a2be2", "#7f7f7f");

    private static final List<String> DASHES = List.of("", "6 3", "2 3");

    String svg() {
        int top = 40 + LEGEND_LINE * names.size();
        int height = top + panels.size() * (PLOT + 56) + 10;
        var svg = new StringBuilder();
        svg.append(text("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">
                <title>%s</title>
                <metadata>%s</metadata>
                <style>
                text { font: 12px sans-serif; fill: #333 } .title { font-size: 15px; font-weight: bold }
                .grid { stroke: #999; stroke-opacity: .3 } .axis { stroke: #777 } path { fill: none; stroke-width: 1.8 }
                @media (prefers-color-scheme: dark) { text { fill: #ddd } }
                </style>
                <text class="title" x="%d" y="22">%s</text>
                """, WIDTH, height, WIDTH, height, escape(title), escape(note), LEFT, escape(title)));
        for (int line = 0; line < names.size(); line++) {
            int y = 40 + LEGEND_LINE * line;
            svg.append(text("<path %s d=\"M%d %d h28\"/>%n", stroke(line), LEFT, y));
            svg.append(text("<text x=\"%d\" y=\"%d\">%s</text>%n", LEFT + 36, y + 4, escape(names.get(line))));
        }
        for (int panel = 0; panel < panels.size(); panel++) {
            draw(panels.get(panel), top + panel * (PLOT + 56) + 20, svg);
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(Panel panel, int top, StringBuilder svg) {
        double[] range = range(panel);
        double step = step(range[1] - range[0]);
        double low = Math.floor(range[0] / step) * step;
        double high = Math.ceil(range[1] / step) * step;
        svg.append(text("<text x=\"%d\" y=\"%d\">%s</text>%n", LEFT, top - 6, escape(panel.title())));
        for (int tick = 0; low + tick * step <= high + step / 2; tick++) {
            double value = low + tick * step;
            double y = y(value, low, high, top);
            svg.append(text("<path class=\"grid\" d=\"M%d %.1f h%d\"/>%n", LEFT, y, WIDTH - LEFT - RIGHT));
            svg.append(text(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT - 6, y + 4, decimal(value, step)));
        }
        int bottom = top + PLOT;
        svg.append(text("<path class=\"axis\" d=\"M%d %d v%d h%d\"/>%n", LEFT, top, PLOT, WIDTH - LEFT - RIGHT));
        for (int tick = 0; tick <= 4; tick++) {
            double x = LEFT + (WIDTH - LEFT - RIGHT) * tick / 4.0;
            String value = text("%,.0f", panel.from() + (panel.to() - panel.from()) * tick / 4);
            String anchor = tick == 0 ? "start" : tick == 4 ? "end" : "middle";
            svg.append(text("<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, bottom + 16, anchor, value));
        }
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                LEFT + (WIDTH - LEFT - RIGHT) / 2, bottom + 32, escape(axis)));
        for (int line = 0; line < panel.lines().size(); line++) {
            String path = path(panel.lines().get(line), low, high, top);
            svg.append(text("<path %s d=\"%s\"/>%n", stroke(line), path));
        }
    }

    /** Moves over gaps, lines elsewhere; a value stands in the middle of its step. */
    private static String path(List<Double> values, double low, double high, int top) {
        List<String> points = new ArrayList<>();
        boolean pen = false;
        for (int step = 0; step < values.size(); step++) {
            double value = values.get(step);
            if (Double.isNaN(value)) {
                pen = false;
            } else {
                double x = LEFT + (WIDTH - LEFT - RIGHT) * (step + 0.5) / values.size();
                points.add(text("%s%.1f %.1f", pen ? "L" : "M", x, y(value, low, high, top)));
                pen = true;
            }
        }
        return String.join(" ", points);
    }

    private static double y(double value, double low, double high, int top) {
        return top + PLOT * (high - value) / (high - low);
    }

    /** The least and the greatest value, apart in any case. */
    private static double[] range(Panel panel) {
        double[] values = panel.lines().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (values.length == 0) {
            return new double[] {0, 1};
        }
        double low = values[0];
        double high = values[values.length - 1];
        return high - low < 1e-6 ? new double[] {low - 0.005, high + 0.005} : new double[] {low, high};
    }

    /** A round step that gives four to ten of them. */
    private static double step(double width) {
        return IntStream.rangeClosed(-6, 3)
                .boxed()
                .flatMap(power -> List.of(1.0, 2.0, 5.0).stream().map(digit -> digit * Math.pow(10, power)))
                .filter(step -> width / step <= 6)
                .findFirst()
                .orElse(width);
    }

    private static String decimal(double value, double step) {
        int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String stroke(int line) {
        String dash = DASHES.get(line / COLOURS.size() % DASHES.size());
        String colour = COLOURS.get(line % COLOURS.size());
        return dash.isEmpty()
                ? "stroke=\"%s\"".formatted(colour)
                : "stroke=\"%s\" stroke-dasharray=\"%s\"".formatted(colour, dash);
    }

    @com.google.errorprone.annotations.FormatMethod
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
