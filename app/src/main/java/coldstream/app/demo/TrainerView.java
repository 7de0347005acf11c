package coldstream.app.demo;

import coldstream.domain.StratumMetrics;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The trainer as its {@code /v1/status} shows it. */
record TrainerView(JsonNode status) {

    /** What it says now; empty while it cannot be asked. */
    static Optional<TrainerView> ask(HttpJson http, int port) throws InterruptedException {
        return http.get(DemoPorts.http(port) + "/v1/status").map(TrainerView::new);
    }

    long samplesTrained() {
        return status.path("samples_trained").asLong();
    }

    /** Samples read and not learnt from. */
    long samplesSkipped() {
        return status.path("skips").path("samples").asLong();
    }

    long pairsTrained() {
        return status.path("pairs_trained").asLong();
    }

    Optional<String> failure() {
        return Optional.ofNullable(status.path("failure").textValue());
    }

    /** Records of {@code topic} that it has not applied yet. */
    long lag(String topic) {
        long lag = 0;
        for (Map.Entry<String, JsonNode> partition : status.path("lag").properties()) {
            if (partition.getKey().startsWith(topic + "-")) {
                lag += partition.getValue().asLong();
            }
        }
        return lag;
    }

    /** Records of {@code topic} that it has applied. */
    long applied(String topic) {
        long applied = 0;
        for (Map.Entry<String, JsonNode> partition : status.path("offsets").properties()) {
            if (partition.getKey().startsWith(topic + "-")) {
                applied += partition.getValue().asLong();
            }
        }
        return applied;
    }

    Map<String, StratumMetrics> prequential() {
        Map<String, StratumMetrics> strata = new LinkedHashMap<>();
        status.path("prequential").properties().forEach(stratum -> {
            JsonNode metrics = stratum.getValue();
            strata.put(
                    stratum.getKey(),
                    new StratumMetrics(
                            number(metrics.path("auc")),
                            number(metrics.path("auc_low")),
                            number(metrics.path("auc_high")),
                            number(metrics.path("logloss")),
                            metrics.path("n").asLong()));
        });
        return strata;
    }

    JsonNode gate() {
        return status.path("gate");
    }

    List<JsonNode> snapshots() {
        List<JsonNode> snapshots = new ArrayList<>();
        status.path("snapshots").forEach(snapshots::add);
        return snapshots;
    }

    double eventToTrained(String percentile) {
        return number(status.path("event_to_trained").path(percentile));
    }

    String device() {
        return status.path("device").asText("cpu");
    }

    String setting(String name) {
        return status.path("settings").path(name).asText("");
    }

    /** NaN is written as text. */
    private static double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : Double.NaN;
    }
}
