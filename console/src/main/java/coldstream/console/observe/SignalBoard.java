package coldstream.console.observe;

import coldstream.console.observe.SignalsView.Point;
import coldstream.console.observe.SignalsView.Reference;
import coldstream.console.observe.SignalsView.Signal;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the signals of all who watch. Not thread-safe. */
final class SignalBoard {

    static final String TRAINER = "trainer";

    /** More signals than anybody has; further ones are left out, and said to be. */
    private static final int MAX_SIGNALS = 512;

    private final int history;
    private final Map<String, Series<Point>> series = new TreeMap<>();
    private final Map<String, List<Signal>> now = new TreeMap<>();
    private @Nullable Reference reference;
    private long left;

    SignalBoard(int history) {
        this.history = Math.max(100, history / 4); // there are many
    }

    /** Takes in what the trainer watches. */
    Map<String, List<Point>> take(JsonNode drift, Instant time) {
        JsonNode champion = drift.path("reference");
        reference = champion.isObject() && champion.path("version").isTextual()
                ? new Reference(
                        champion.path("version").textValue(),
                        champion.path("samples").isNumber()
                                ? champion.path("samples").asLong()
                                : null)
                : null;
        List<Signal> signals = new ArrayList<>();
        drift.path("signals").forEach(each -> signals.add(signal(each)));
        return take(TRAINER, signals, time);
    }

    /** Takes in all that one source watches, in place of what it watched before. */
    Map<String, List<Point>> take(String source, List<Signal> signals, Instant time) {
        Map<String, List<Point>> news = new TreeMap<>();
        List<Signal> kept = new ArrayList<>();
        for (Signal signal : signals) {
            if (!series.containsKey(signal.key()) && series.size() >= MAX_SIGNALS) {
                left++;
                continue;
            }
            if (signal.statistic() == null && signal.value() == null) {
                kept.add(signal);
                continue; // nothing was tested yet
            }
            Point point = new Point(time, signal.statistic(), signal.value());
            series.computeIfAbsent(signal.key(), key -> new Series<>(history)).add(point);
            news.put(signal.key(), List.of(point));
            kept.add(signal);
        }
        now.put(source, List.copyOf(kept));
        return news;
    }

    private static Signal signal(JsonNode node) {
        String layer = node.path("layer").asText("").toLowerCase(Locale.ROOT);
        String signal = node.path("signal").asText("");
        String stratum = node.path("stratum").asText("overall");
        String detector = node.path("detector").asText("").toLowerCase(Locale.ROOT);
        JsonNode samples = node.path("samples");
        return new Signal(
                String.join("/", layer, signal, stratum, detector),
                TRAINER,
                layer,
                signal,
                stratum,
                detector,
                Numbers.of(node.path("statistic")),
                Numbers.of(node.path("threshold")),
                Numbers.of(node.path("value")),
                Numbers.of(node.path("reference")),
                samples.isNumber() ? samples.asLong() : null,
                node.path("alarmed").asBoolean(),
                node.path("since").textValue());
    }

    List<Signal> signals() {
        return now.values().stream().flatMap(List::stream).toList();
    }

    @Nullable
    Reference reference() {
        return reference;
    }

    Map<String, List<Point>> view(int points) {
        Map<String, List<Point>> all = new TreeMap<>();
        series.forEach((key, one) -> all.put(key, one.thinned(points)));
        return all;
    }

    /** Goes on with these. */
    void recall(Map<String, List<Point>> before) {
        before.forEach((key, points) -> {
            if (series.size() < MAX_SIGNALS) {
                points.forEach(series.computeIfAbsent(key, name -> new Series<>(history))::add);
            }
        });
    }

    /** Readings of signals that there was no room for. */
    long left() {
        return left;
    }
}
