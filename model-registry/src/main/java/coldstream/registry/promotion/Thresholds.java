package coldstream.registry.promotion;

import static coldstream.domain.Check.check;

import coldstream.evaluation.Stratum;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How much worse is still not worse, by stratum and measure: written {@code auc=0.02} for every stratum, {@code
 * overall.auc=0.01} for one, which goes first. A measure nobody wrote down holds nobody back.
 *
 * @param values by what stands before the equals sign
 */
record Thresholds(Map<String, Double> values) {

    Thresholds {
        values = Map.copyOf(values);
    }

    /** @param setting whose value this is, for errors */
    static Thresholds parse(String setting, List<String> written) {
        Map<String, Double> values = new TreeMap<>();
        for (String one : written) {
            int equals = one.indexOf('=');
            check(equals > 0, "%s must be written [stratum.]measure=number, got %s", setting, one);
            String name = one.substring(0, equals).strip();
            String measure = name.substring(name.indexOf('.') + 1);
            check(
                    Arrays.stream(Measure.values())
                            .anyMatch(known -> known.key().equals(measure)),
                    "a measure of %s must be one of %s, got %s",
                    setting,
                    Arrays.stream(Measure.values()).map(Measure::key).toList(),
                    measure);
            if (name.indexOf('.') >= 0) {
                checkStratum(setting, name.substring(0, name.indexOf('.')));
            }
            double value = number(setting, one.substring(equals + 1).strip());
            check(values.put(name, value) == null, "%s must say a thing once, got %s twice", setting, name);
        }
        return new Thresholds(values);
    }

    /** Refuses a stratum that is none. */
    static void checkStratum(String setting, String stratum) {
        List<String> known = Arrays.stream(Stratum.values()).map(Stratum::key).toList();
        check(known.contains(stratum), "a stratum of %s must be one of %s, got %s", setting, known, stratum);
    }

    private static double number(String setting, String text) {
        try {
            double value = Double.parseDouble(text);
            check(value >= 0 && Double.isFinite(value), "a number of %s must be 0 or more, got %s", setting, text);
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number of %s must be one, got %s".formatted(setting, text), e);
        }
    }

    /** What holds for a stratum. */
    OptionalDouble of(String stratum, Measure measure) {
        Double own = values.get(stratum + "." + measure.key());
        Double every = own == null ? values.get(measure.key()) : own;
        return every == null ? OptionalDouble.empty() : OptionalDouble.of(every);
    }

    /** Comparisons by which an arm can be found worse, each with an interval: an area cannot be 1 lower. */
    int tests() {
        int tests = 0;
        for (Stratum stratum : Stratum.values()) {
            tests += of(stratum.key(), Measure.AUC).orElse(1) < 1 ? 1 : 0;
            tests += of(stratum.key(), Measure.LOGLOSS).isPresent() ? 1 : 0;
        }
        return Math.max(1, tests);
    }

    @Override
    public String toString() {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
