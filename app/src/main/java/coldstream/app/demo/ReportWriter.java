package coldstream.app.demo;

import coldstream.app.dataset.DataSet;
import coldstream.domain.StratumMetrics;
import coldstream.ingest.topology.Account;
import coldstream.wire.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers a {@link Report} from the parts. */
final class ReportWriter {

    /** The strata in the order people read them. */
    private static final List<String> STRATA =
            List.of("overall", "cold", "history_0", "history_1_2", "tail", "row_tail", "new_item", "warm_head");

    private final DataSet data;
    private final DemoSystem system;
    private final TopicCounts counts;
    private final Counters counters;

    ReportWriter(DataSet data, DemoSystem system, TopicCounts counts, Counters counters) {
        this.data = data;
        this.system = system;
        this.counts = counts;
        this.counters = counters;
    }

    Report report(Pulse pulse, String champion, double eventSeconds, double allSeconds) {
        TrainerView trainer = pulse.trainer().orElseThrow();
        Account events = system.account();
        DataSet.Summary summary = data.summary();
        return new Report(
                new Report.Data(data.name(), summary.events(), summary.users(), summary.items()),
                new Report.Events(events.read(), events.accepted(), events.rejected(), events.duplicates()),
                trainer.samplesTrained(),
                trainer.samplesSkipped(),
                trainer.pairsTrained(),
                scoring(events.read()),
                prequential(trainer.prequential()),
                gate(trainer.gate()),
                trainer.snapshots().stream().map(ReportWriter::snapshot).toList(),
                champion,
                new Report.Latency(
                        new Report.Percentiles(
                                orNull(trainer.eventToTrained("p50")), orNull(trainer.eventToTrained("p99"))),
                        pulse.eventToServable()),
                new Report.Throughput(events.read() / eventSeconds, trainer.samplesTrained() / eventSeconds),
                trainer.setting("backbone"),
                trainer.setting("guidance"),
                Long.parseLong(trainer.setting("seed")),
                trainer.device(),
                allSeconds);
    }

    /** Writes it as JSON. */
    static void write(Report report, Path file) {
        JsonMapper everything = Json.mapper()
                .rebuild()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
                .build();
        try {
            Files.writeString(
                    file,
                    everything.writerWithDefaultPrettyPrinter().writeValueAsString(report) + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private Report.Scoring scoring(long events) {
        double cost = counters.amount("coldstream.llm.cost");
        return new Report.Scoring(
                counts.scoreRequests(),
                counters.sum("coldstream.llm.requests"),
                counters.sum("coldstream.soft.scores", "result", "stored"),
                counters.sum("coldstream.llm.requests", "outcome", "refused")
                        + counters.sum("coldstream.llm.requests", "outcome", "try_again"),
                system.scorer(),
                counters.sum("coldstream.llm.tokens", "kind", "prompt"),
                counters.sum("coldstream.llm.tokens", "kind", "completion"),
                cost,
                events == 0 ? null : 1000 * cost / events,
                counters.sum("coldstream.score.requests.dropped"));
    }

    private static Map<String, Report.Quality> prequential(Map<String, StratumMetrics> strata) {
        Map<String, StratumMetrics> left = new TreeMap<>(strata);
        Map<String, Report.Quality> ordered = new LinkedHashMap<>();
        for (String stratum : STRATA) {
            StratumMetrics metrics = left.remove(stratum);
            if (metrics != null) {
                ordered.put(stratum, quality(metrics));
            }
        }
        left.forEach((stratum, metrics) -> ordered.put(stratum, quality(metrics)));
        return ordered;
    }

    private static Report.Quality quality(StratumMetrics metrics) {
        return new Report.Quality(
                orNull(metrics.auc()),
                orNull(metrics.aucLow()),
                orNull(metrics.aucHigh()),
                orNull(metrics.logloss()),
                metrics.n());
    }

    private static Report.Gate gate(JsonNode gate) {
        List<Double> weights = new ArrayList<>();
        gate.path("w").forEach(weight -> weights.add(weight.asDouble()));
        Map<String, Double> alpha = new TreeMap<>();
        gate.path("alpha")
                .properties()
                .forEach(cell -> alpha.put(cell.getKey(), cell.getValue().asDouble()));
        return new Report.Gate(
                gate.path("mode").asText(), weights, gate.path("b").asDouble(), alpha);
    }

    private static Report.Snapshot snapshot(JsonNode snapshot) {
        Map<String, Long> offsets = new TreeMap<>();
        snapshot.path("offsets")
                .properties()
                .forEach(partition ->
                        offsets.put(partition.getKey(), partition.getValue().asLong()));
        JsonNode auc = snapshot.path("auc");
        return new Report.Snapshot(
                snapshot.path("version").asText(""),
                snapshot.path("samples").asLong(),
                auc.isNumber() ? auc.doubleValue() : null,
                offsets);
    }

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
