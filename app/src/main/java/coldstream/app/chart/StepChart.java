package coldstream.app.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two distributions over common bins as SVG: shares of the reference as a grey area, those of now as a line.
 *
 * @param title also for those who cannot see it
 * @param edges of the bins, one more than there are bins, ascending
 * @param reference share a bin, in [0, 1]
 * @param now share a bin
 */
public record StepChart(String title, List<Double> edges, List<Double> reference, List<Double> now) {

    private static final int WIDTH = 420;
    private static final int PLOT = 110;
    private static final int LEFT = 44;
    private static final int TOP = 26;

    /** For a page: colours and fonts are the page's. */
    public String inline() {
        double most = Math.max(most(reference), most(now));
        var svg = new StringBuilder(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"11\" fill=\"currentColor\">%n<title>%s</title>%n",
                WIDTH, TOP + PLOT + 24, WIDTH, TOP + PLOT + 24, TimeChart.escape(title), TimeChart.escape(title)));
        svg.append(text("<text x=\"%d\" y=\"14\" font-weight=\"bold\">%s</text>%n", LEFT, TimeChart.escape(title)));
        svg.append(text("<path fill=\"#888\" fill-opacity=\".45\" d=\"%s\"/>%n", steps(reference, most) + closed()));
        svg.append(text("<path fill=\"none\" stroke=\"#0072b2\" stroke-width=\"1.8\" d=\"%s\"/>%n", steps(now, most)));
        svg.append(text("<path stroke=\"#777\" d=\"M%d %d h%d\"/>%n", LEFT, TOP + PLOT, WIDTH - LEFT - 8));
        svg.append(text("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f %%</text>%n", LEFT - 4, TOP + 8, 100 * most));
        svg.append(text("<text x=\"%d\" y=\"%d\">%s</text>%n", LEFT, TOP + PLOT + 16, number(edges.get(0))));
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                WIDTH - 8, TOP + PLOT + 16, number(edges.get(edges.size() - 1))));
        return svg.append("</svg>\n").toString();
    }

    private static double most(List<Double> shares) {
        return shares.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    }

    private String steps(List<Double> shares, double most) {
        List<String> points = new ArrayList<>();
        double low = edges.get(0);
        double width = Math.max(1e-12, edges.get(edges.size() - 1) - low);
        for (int bin = 0; bin < shares.size(); bin++) {
            double y = TOP + PLOT * (1 - (most > 0 ? shares.get(bin) / most : 0));
            double from = LEFT + (WIDTH - LEFT - 8) * (edges.get(bin) - low) / width;
            double to = LEFT + (WIDTH - LEFT - 8) * (edges.get(bin + 1) - low) / width;
            points.add(text("%s%.1f %.1f L%.1f %.1f", bin == 0 ? "M" : "L", from, y, to, y));
        }
        return String.join(" ", points);
    }

    private static String closed() {
        return text(" V%d H%d Z", TOP + PLOT, LEFT);
    }

    private static String number(double value) {
        return text("%.4g", value);
    }

    @com.google.errorprone.annotations.FormatMethod
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
