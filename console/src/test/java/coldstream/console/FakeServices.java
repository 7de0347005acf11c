package coldstream.console;

import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.domain.StratumMetrics;
import coldstream.wire.Json;
import coldstream.wire.ModelVersion;
import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.PromotionView;
import coldstream.wire.VersionDetail;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** What the console asks over HTTP, all at one address: the trainer, serving, ingest, scoring and the registry. */
final class FakeServices implements AutoCloseable {

    static {
        // Else a small answer waits for the client's delayed acknowledgement, up to 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** The secret of who may promote. */
    static final String TOKEN = "a-person-s-own";

    static final Instant MADE = Instant.parse("2026-11-20T11:00:00Z");

    private static final Set<String> DECISIONS =
            Set.of("/v1/models/ctr/promote", "/v1/models/ctr/rollback", "/v1/models/ctr/approve");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> promoted = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private volatile String champion = "1";
    private final AtomicLong samples = new AtomicLong(1_000);

    FakeServices() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on every answer is a failure, or not any more. */
    void down(boolean now) {
        down = now;
    }

    void learn(long more) {
        samples.addAndGet(more);
    }

    /** What was promoted, with the secret it came with. */
    List<String> promoted() {
        return promoted;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (down) {
            send(exchange, 503, "{\"status\":\"not ready\",\"checks\":{\"model\":false}}");
        } else if (path.equals("/health/ready")) {
            send(exchange, 200, "{\"status\":\"ready\",\"checks\":{}}");
        } else if (path.equals("/metrics")) {
            send(exchange, 200, metrics());
        } else if (path.equals("/v1/status")) {
            send(exchange, 200, resource("status.json").replace("\"SAMPLES\"", Long.toString(samples.get())));
        } else if (path.equals("/v1/drift")) {
            send(exchange, 200, resource("drift.json"));
        } else if (path.equals("/v1/recommendations")) {
            send(exchange, 200, resource("recommendations.json"));
        } else if (path.equals("/v1/explain")) {
            boolean lifted = exchange.getRequestURI().getQuery().contains("item-11");
            send(exchange, 200, resource(lifted ? "explain-lifted.json" : "explain.json"));
        } else if (path.endsWith("/model-versions/search")) {
            send(exchange, 200, json(Map.of("model_versions", List.of(version("2"), version("1")))));
        } else if (path.equals("/v1/models/ctr/promotion")) {
            send(exchange, 200, json(promotion()));
        } else if (path.startsWith("/v1/models/ctr/versions/")) {
            send(exchange, 200, json(detail(path.substring(path.lastIndexOf('/') + 1))));
        } else if (DECISIONS.contains(path)) {
            decide(exchange, body);
        } else {
            send(exchange, 404, "{}");
        }
    }

    private void decide(HttpExchange exchange, String body) throws IOException {
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (token.equals("Bearer of-a-reader")) {
            send(
                    exchange,
                    403,
                    "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"the caller must have the role PROMOTE\"}");
        } else if (!token.equals("Bearer " + TOKEN)) {
            send(exchange, 401, "{\"error_code\":\"UNAUTHENTICATED\",\"message\":\"a request must carry a secret\"}");
        } else {
            promoted.add(exchange.getRequestURI().getPath() + " " + body);
            champion = exchange.getRequestURI().getPath().endsWith("rollback") || body.contains("\"approved\":false")
                    ? "1"
                    : "2";
            send(exchange, 200, json(promotion()));
        }
    }

    private String metrics() {
        return """
                coldstream_events_total{result="accepted"} %1$d
                coldstream_samples_trained_total %1$d
                coldstream_serving_requests_seconds_count{outcome="ok",route="infer"} %1$d
                coldstream_event_to_trained_seconds_sum %1$d
                coldstream_event_to_trained_seconds_count %1$d
                coldstream_event_to_servable_seconds_sum %1$d
                coldstream_event_to_servable_seconds_count %1$d
                coldstream_llm_queue_age_seconds_sum %1$d
                coldstream_llm_queue_age_seconds_count %1$d
                coldstream_llm_requests_total{outcome="scored"} %1$d
                coldstream_soft_scores_newest_timestamp_seconds 1763.636E6
                coldstream_llm_tokens_total{kind="prompt"} %1$d
                coldstream_llm_cost_total %1$d
                coldstream_score_requests_lag 3
                """.formatted(samples.get());
    }

    private ModelVersion version(String version) {
        List<String> aliases = new ArrayList<>();
        if (version.equals(champion)) {
            aliases.add("champion");
        }
        return new ModelVersion(
                "ctr",
                version,
                0,
                0,
                "",
                "None",
                "",
                "",
                "",
                "",
                ModelVersion.Status.READY,
                Optional.empty(),
                List.of(new Tag(ModelVersion.SNAPSHOT_TAG, "snapshot-" + version)),
                aliases);
    }

    private VersionDetail detail(String version) {
        long number = Long.parseLong(version);
        Map<String, StratumMetrics> metrics = Map.of(
                "overall",
                new StratumMetrics(0.8, 0.79, 0.81, 0.4, 900 * number),
                "cold",
                new StratumMetrics(Double.NaN, Double.NaN, Double.NaN, 0.5, 0));
        return new VersionDetail(
                version(version),
                new SnapshotManifest(
                        SnapshotManifest.FORMAT_VERSION,
                        "ctr",
                        number > 1 ? Optional.of("snapshot-1") : Optional.empty(),
                        MADE.plusSeconds(60 * number),
                        10 * number,
                        10 * number,
                        Map.of("coldstream.samples.v1-0", 100 * number),
                        Optional.of(MADE),
                        500 * number,
                        Optional.of(MADE),
                        Optional.of(MADE),
                        1,
                        Map.of("lambda", "0.0" + version),
                        "hash",
                        "commit",
                        metrics,
                        metrics,
                        Map.of("dense.safetensors", new FileDigest(1_000 * number, "00"))),
                number > 1 ? List.of("1") : List.of());
    }

    private PromotionView promotion() {
        var paired = new PairedMetrics(10, 10, 30, 5, 0.8, 0.79, 0.01, 0.4, 0.41, 0.01, 1, 1);
        return new PromotionView(
                "ctr",
                Optional.of(champion),
                Optional.of(champion.equals("1") ? "2" : "1"),
                Optional.of("2"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new PromotionView.Freeze("drift", "trainer", MADE, Optional.of(MADE.plusSeconds(60)))),
                Optional.of(new PromotionView.Pending("2", "approval", MADE, Map.of("overall.difference", "0.01"))),
                Optional.empty(),
                Optional.empty(),
                List.of(new Evidence(
                        "ctr",
                        "2",
                        "1",
                        MADE,
                        MADE,
                        Map.of("t-0", 1L),
                        Map.of("t-0", 2L),
                        3,
                        Map.of("overall", paired))),
                Map.of("registry.approval", "false"));
    }

    static String resource(String name) throws IOException {
        try (var in = FakeServices.class.getResourceAsStream("/services/" + name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
