package coldstream.scorer.budget;

import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate's trust as the trainer tells it at {@code /v1/status}, looked up now and then. Until it was heard of, and where
 * a cell has no trust, every cell counts alike; while the trainer is away the last word stands.
 */
public final class GateWatch implements GateTrust {

    /** No cell is trusted less than this: one that is never asked about can never show that it deserves more. */
    static final double LEAST = 0.05;

    private static final Logger LOG = LoggerFactory.getLogger(GateWatch.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1 << 20;

    private final URI status;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private volatile Map<String, Double> cells = Map.of();

    /** @param trainer its address, such as {@code http://online-trainer:8083} */
    public GateWatch(URI trainer) {
        status = URI.create(trainer.toString().replaceFirst("/+$", "") + "/v1/status");
    }

    /** Asks the trainer once. */
    public void look() throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(status).timeout(TIMEOUT).GET().build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == 200) {
                    cells = trust(Json.mapper().readTree(body.readNBytes(MAX_BYTES)));
                }
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the trainer does not say how far it trusts the language model");
        }
    }

    private static Map<String, Double> trust(JsonNode status) {
        Map<String, Double> trust = new HashMap<>();
        status.path("gate").path("cells").properties().forEach(cell -> {
            double alpha = cell.getValue().path("alpha").asDouble(Double.NaN);
            if (alpha >= 0 && alpha <= 1) {
                trust.put(cell.getKey(), Math.max(LEAST, alpha));
            }
        });
        return Map.copyOf(trust);
    }

    @Override
    public double of(boolean cold, boolean tail) {
        return cells.getOrDefault((cold ? "cold_" : "warm_") + (tail ? "tail" : "head"), 1.0);
    }
}
