package coldstream.app.evaluate.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One world's gates as a table: differences to no guidance, mean ± standard deviation over seeds. */
final class WorldTable {

    private WorldTable() {}

    /** @param arms by name; the first is no guidance */
    static String of(Rates rates, Map<String, List<Outcome>> arms) {
        List<Outcome> base = arms.values().iterator().next();
        var text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%nlanguage model %s, %d seeds%n", rates, base.size()));
        text.append(String.format(Locale.ROOT, "%-24s", ""));
        Outcome.AREAS.forEach(area -> text.append(String.format(Locale.ROOT, " %16s", area)));
        text.append(String.format(
                Locale.ROOT, " %8s  %s%n", "dose", "alpha warm head / warm tail / cold head / cold tail"));
        arms.forEach((name, outcomes) -> {
            text.append(String.format(Locale.ROOT, "%-24s", name));
            for (String area : Outcome.AREAS) {
                List<Double> found = new ArrayList<>();
                for (int k = 0; k < outcomes.size(); k++) {
                    double level = of(outcomes.get(k), area);
                    found.add(outcomes == base ? level : level - of(base.get(k), area));
                }
                String format = outcomes == base ? " %9.4f ±%.4f" : " %+9.4f ±%.4f";
                text.append(String.format(Locale.ROOT, format, mean(found), deviation(found)));
            }
            text.append(String.format(
                    Locale.ROOT,
                    " %8.4f ",
                    mean(outcomes.stream().map(Outcome::dose).toList())));
            for (int cell = 0; cell < 4; cell++) {
                int one = cell;
                double alpha =
                        mean(outcomes.stream().map(o -> o.alphas().get(one)).toList());
                text.append(String.format(Locale.ROOT, " %.3f", alpha));
            }
            text.append(System.lineSeparator());
        });
        return text.toString();
    }

    private static double of(Outcome outcome, String area) {
        return outcome.areas().getOrDefault(area, Double.NaN);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    private static double deviation(List<Double> values) {
        double mean = mean(values);
        double square = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return values.size() < 2 ? 0 : Math.sqrt(square / (values.size() - 1));
    }
}
