package coldstream.console.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a service tells Prometheus, in its text format 0.0.4: lines of {@code name{label="value",…} number}. Only metrics of ours
 * are kept, and no buckets; a line that cannot be read is left out.
 */
final class Exposition {

    static final Exposition EMPTY = new Exposition(Map.of());

    private static final String OURS = "coldstream_";
    private static final String BUCKET = "_bucket";

    private final Map<String, List<Value>> values;

    private record Value(Map<String, String> labels, double number) {}

    private Exposition(Map<String, List<Value>> values) {
        this.values = values;
    }

    static Exposition parse(String text) {
        Map<String, List<Value>> values = new HashMap<>();
        text.lines().filter(line -> line.startsWith(OURS)).forEach(line -> {
            int name = end(line);
            if (!line.startsWith(BUCKET, name - BUCKET.length())) {
                read(line, name, values);
            }
        });
        return new Exposition(values);
    }

    private static int end(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != '{' && line.charAt(end) != ' ') {
            end++;
        }
        return end;
    }

    private static void read(String line, int name, Map<String, List<Value>> values) {
        Map<String, String> labels = new HashMap<>();
        int rest = name;
        if (rest < line.length() && line.charAt(rest) == '{') {
            rest = labels(line, rest + 1, labels);
        }
        try {
            String number = line.substring(rest).strip();
            int space = number.indexOf(' ');
            double value = Double.parseDouble(space < 0 ? number : number.substring(0, space));
            if (Double.isFinite(value)) {
                values.computeIfAbsent(line.substring(0, name), key -> new ArrayList<>())
                        .add(new Value(labels, value));
            }
        } catch (NumberFormatException e) {
            return; // such as NaN written otherwise, or half a line
        }
    }

    /** Reads to behind the closing brace. */
    private static int labels(String line, int from, Map<String, String> labels) {
        int at = from;
        while (at < line.length() && line.charAt(at) != '}') {
            int equals = line.indexOf("=\"", at);
            if (equals < 0) {
                return line.length();
            }
            String label = line.substring(at, equals).replace(",", "").strip();
            var value = new StringBuilder();
            at = equals + 2;
            while (at < line.length() && line.charAt(at) != '"') {
                boolean escaped = line.charAt(at) == '\\' && at + 1 < line.length();
                at += escaped ? 1 : 0;
                value.append(escaped && line.charAt(at) == 'n' ? '\n' : line.charAt(at));
                at++;
            }
            labels.put(label, value.toString());
            at++;
        }
        return Math.min(line.length(), at + 1);
    }

    /** Over all labels; empty if there is no such metric, or without a number. */
    OptionalDouble sum(String name) {
        List<Value> all = values.getOrDefault(name, List.of());
        return all.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(all.stream().mapToDouble(Value::number).sum());
    }

    /** Over those with this label. */
    OptionalDouble sum(String name, String label, String value) {
        List<Value> all = values.getOrDefault(name, List.of()).stream()
                .filter(one -> value.equals(one.labels().get(label)))
                .toList();
        return all.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(all.stream().mapToDouble(Value::number).sum());
    }
}
