package coldstream.app;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, each column as wide as its widest cell; the last one is not filled up. */
public final class Columns {

    private Columns() {}

    public static String of(List<String> headings, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(headings);
        all.addAll(rows);
        int[] widths = new int[headings.size()];
        for (List<String> row : all) {
            for (int k = 0; k < widths.length; k++) {
                widths[k] = Math.max(widths[k], row.get(k).length());
            }
        }
        var text = new StringBuilder();
        for (List<String> row : all) {
            var line = new StringBuilder();
            for (int k = 0; k < widths.length; k++) {
                String cell = row.get(k);
                line.append(cell).append(" ".repeat(widths[k] - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
