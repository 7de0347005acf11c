package coldstream.app.evaluate.report;

import coldstream.evaluation.PairedDifference;
import java.util.List;
import java.util.Locale;

/** Lines of text in columns: a label, then up to eight cells. */
final class TextTable {

    /** Columns of a line. */
    static final int WIDTH = 100;

    private static final int CELL = 9;
    private static final int LABEL = WIDTH - 8 * CELL;

    private final StringBuilder text = new StringBuilder();

    /** A line as it is, broken at a comma where it is too long. */
    void line(String line) {
        String rest = line;
        String indent = "";
        while (indent.length() + rest.length() > WIDTH && rest.lastIndexOf(", ", WIDTH - 8) > 0) {
            int end = rest.lastIndexOf(", ", WIDTH - 8);
            text.append(indent).append(rest, 0, end + 1).append('\n');
            rest = rest.substring(end + 2);
            indent = "    ";
        }
        text.append(indent).append(rest).append('\n');
    }

    /** Names of the cells; one with an underscore takes two lines. */
    void head(String label, List<String> names) {
        List<String> upper =
                names.stream().map(name -> name.split("_", 2)[0] + " ").toList();
        List<String> lower = names.stream()
                .map(name -> name.contains("_") ? name.split("_", 2)[1].replace('_', '-') + " " : "")
                .toList();
        row(label, upper);
        row("", lower);
    }

    /** A label and its cells; a label that is too long gets a line of its own. */
    void row(String label, List<String> cells) {
        var cellText = new StringBuilder();
        cells.forEach(cell -> cellText.append(String.format(Locale.ROOT, "%" + CELL + "s", cell)));
        if (label.length() > LABEL) {
            line(label);
        }
        String head = label.length() > LABEL ? "" : label;
        String line = String.format(Locale.ROOT, "%-" + LABEL + "s%s", head, cellText);
        text.append(line.stripTrailing()).append('\n');
    }

    /** Such as {@code .8567}, or a dash for nothing. */
    static String area(double value) {
        return Double.isNaN(value) ? "-" : fraction("%.4f".formatted(value));
    }

    /** Such as {@code +.0110+}: the sign behind says which way it lies beyond the interval. */
    static String difference(PairedDifference found) {
        String mark = found.better() ? "+" : found.worse() ? "-" : " ";
        return fraction("%+.4f".formatted(found.difference())) + mark;
    }

    /** Half the width of the interval. */
    static String half(PairedDifference found) {
        return "±" + fraction("%.4f".formatted((found.high() - found.low()) / 2)) + " ";
    }

    /** Without the zero before the point. */
    private static String fraction(String number) {
        return number.replaceFirst("^([+-]?)0\\.", "$1.");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
