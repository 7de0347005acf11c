package coldstream.benchmarks;

import java.util.List;
import java.util.Locale;

/** Lines over a common axis, one below the other, as SVG. */
final class LinePlot {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 160;
    private static final int LEFT = 90;
    private static final int GAP = 50;

    /** @param values one for each x */
    record Line(String title, List<Double> values) {}

    private LinePlot() {}

    /** @param axis what x counts */
    static String svg(String axis, List<Double> x, List<Line> lines) {
        StringBuilder svg = new StringBuilder();
        int height = lines.size() * (HEIGHT + GAP) + GAP;
        add(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\"", WIDTH + LEFT + 20, height);
        add(
                svg,
                " font-family=\"sans-serif\" font-size=\"12\"><rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n");
        for (int k = 0; k < lines.size(); k++) {
            panel(svg, x, lines.get(k), GAP + k * (HEIGHT + GAP));
        }
        add(svg, "<text x=\"%d\" y=\"%d\">%s, to %.0f</text>%n</svg>%n", LEFT, height - 10, axis, most(x));
        return svg.toString();
    }

    private static void panel(StringBuilder svg, List<Double> x, Line line, int top) {
        double high = Math.max(1e-9, most(line.values));
        add(svg, "<text x=\"%d\" y=\"%d\">%s</text>%n", LEFT, top - 8, line.title);
        add(svg, "<text x=\"5\" y=\"%d\">%.4g</text><text x=\"5\" y=\"%d\">0</text>%n", top + 10, high, top + HEIGHT);
        add(
                svg,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#bbb\"/>%n",
                LEFT,
                top,
                WIDTH,
                HEIGHT);
        add(svg, "<polyline fill=\"none\" stroke=\"#1f5fa8\" points=\"");
        for (int k = 0; k < x.size(); k++) {
            double across = LEFT + WIDTH * x.get(k) / Math.max(1e-9, most(x));
            double down = top + HEIGHT * (1 - line.values.get(k) / high);
            add(svg, "%.1f,%.1f ", across, down);
        }
        add(svg, "\"/>%n");
    }

    private static double most(List<Double> values) {
        return values.stream().mapToDouble(v -> v).max().orElse(0);
    }

    @com.google.errorprone.annotations.FormatMethod
    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
