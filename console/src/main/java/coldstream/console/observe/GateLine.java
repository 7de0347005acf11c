package coldstream.console.observe;

import coldstream.console.observe.GateView.Cell;
import coldstream.console.observe.GateView.Dose;
import coldstream.console.observe.GateView.Gain;
import coldstream.console.observe.GateView.Trust;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects where the gate stands from the trainer's status. Not thread-safe. */
final class GateLine {

    private static final int MAX_SERIES = 64;

    /** Standard errors from the middle of an interval that holds 95 %. */
    private static final double WIDTH = 1.96;

    private final int history;
    private Instant since;
    private final Map<String, Series<Cell>> cells = new TreeMap<>();
    private final Map<String, Series<Trust>> residual = new TreeMap<>();
    private long samples = -1;
    private GateView now;

    GateLine(int history, Instant now) {
        this.history = history;
        this.since = now;
        this.now = new GateView(now, null, null, null, null, null, Map.of(), Map.of(), Map.of());
    }

    /** Takes in where the trainer stands; answers with what is new, if it has learnt since. */
    Optional<GateView> take(JsonNode status, Instant time) {
        long learnt = status.path("samples_trained").asLong();
        JsonNode gate = status.path("gate");
        if (learnt == samples || !gate.isObject()) {
            return Optional.empty();
        }
        samples = learnt;
        Map<String, List<Cell>> newCells = new TreeMap<>();
        gate.path("cells").properties().forEach(each -> {
            Cell cell = cell(each.getValue(), time, learnt);
            if (cells.containsKey(each.getKey()) || cells.size() < MAX_SERIES) {
                cells.computeIfAbsent(each.getKey(), key -> new Series<>(history))
                        .add(cell);
                newCells.put(each.getKey(), List.of(cell));
            }
        });
        Map<String, List<Trust>> newTrust = new TreeMap<>();
        gate.path("residual").properties().forEach(each -> {
            Trust trust = new Trust(time, learnt, Numbers.of(each.getValue()));
            if (residual.containsKey(each.getKey()) || residual.size() < MAX_SERIES) {
                residual.computeIfAbsent(each.getKey(), key -> new Series<>(history))
                        .add(trust);
                newTrust.put(each.getKey(), List.of(trust));
            }
        });
        JsonNode dose = gate.path("dose");
        now = new GateView(
                since,
                gate.path("mode").textValue(),
                gate.path("uncertainty").textValue(),
                gate.path("gold_comparisons").asLong(),
                gate.path("pairs").asLong(),
                new Dose(
                        Numbers.of(dose.path("effective")),
                        Numbers.of(dose.path("active_hinges")),
                        Numbers.of(dose.path("gradient_ratio"))),
                newCells,
                newTrust,
                gains(status.path("gained")));
        return Optional.of(now);
    }

    private static Map<String, Gain> gains(JsonNode gained) {
        Map<String, Gain> all = new TreeMap<>();
        gained.properties().forEach(each -> {
            JsonNode one = each.getValue();
            Double without = Numbers.of(one.path("without"));
            Double with = Numbers.of(one.path("with"));
            Double error = Numbers.of(one.path("error"));
            if (without != null && with != null && error != null && all.size() < MAX_SERIES) {
                double gain = with - without;
                double margin = WIDTH * error;
                all.put(
                        each.getKey(),
                        new Gain(one.path("comparisons").asLong(), without, with, gain, gain - margin, gain + margin));
            }
        });
        return all;
    }

    private static Cell cell(JsonNode cell, Instant time, long samples) {
        double evidence = cell.path("golds").asDouble();
        @Nullable Double agreement = evidence > 0 ? Numbers.of(cell.path("agreement")) : null;
        return new Cell(
                time,
                samples,
                Numbers.of(cell.path("alpha")),
                agreement,
                agreement == null ? null : Numbers.of(cell.path("low")),
                agreement == null ? null : Numbers.of(cell.path("high")),
                evidence,
                cell.path("pairs").asLong(),
                agreement == null ? null : 2 * agreement - 1);
    }

    /** Goes on with what was seen before. */
    void recall(History before) {
        since = before.since().isBefore(since) ? before.since() : since;
        recall(cells, before.cells());
        recall(residual, before.residual());
    }

    private <P extends Timed> void recall(Map<String, Series<P>> series, Map<String, List<P>> before) {
        before.forEach((name, points) -> {
            if (series.size() < MAX_SERIES) {
                points.forEach(series.computeIfAbsent(name, key -> new Series<>(history))::add);
            }
        });
    }

    GateView view(int points) {
        Map<String, List<Cell>> all = new TreeMap<>();
        cells.forEach((cell, series) -> all.put(cell, series.thinned(points)));
        Map<String, List<Trust>> trust = new TreeMap<>();
        residual.forEach((kind, series) -> trust.put(kind, series.thinned(points)));
        return new GateView(
                since,
                now.mode(),
                now.uncertainty(),
                now.goldComparisons(),
                now.pairs(),
                now.dose(),
                all,
                trust,
                now.gained());
    }
}
