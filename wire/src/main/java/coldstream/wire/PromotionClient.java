package coldstream.wire;

import coldstream.domain.Evidence;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What decides which version serves, as other processes see it. Thread-safe; calls throw {@link RegistryException}, and may be
 * repeated.
 */
public final class PromotionClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RegistryHttp http;
    private final String who;

    /**
     * @param attempts of each request, at least 1
     * @param pause before the second attempt; doubles each time, up to 5 s
     * @param who asks, for the audit; printable ASCII
     */
    public PromotionClient(URI registry, Optional<String> token, int attempts, Duration pause, String who) {
        this.http = new RegistryHttp(registry, token, attempts, pause);
        this.who = who;
    }

    /** What the registry wants to be measured now. */
    public List<Comparison> comparisons(String model) {
        return get(model, "/comparisons", Comparisons.class).comparisons();
    }

    /** Hands over what was measured. */
    public void post(String model, List<Evidence> evidence) {
        send("POST", model, "/evidence", Map.of("evidence", evidence));
    }

    /** Where the promotion of a model stands. */
    public PromotionView promotion(String model) {
        return get(model, "/promotion", PromotionView.class);
    }

    /** A version with its manifest and lineage. */
    public VersionDetail detail(String model, String version) {
        return get(model, "/versions/" + RegistryPaths.encode(version), VersionDetail.class);
    }

    /** Makes a version champion, or canary where there is a share for it. */
    public PromotionView promote(String model, String version, Optional<Double> canaryShare, String why) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("version", version, "why", why));
        canaryShare.ifPresent(share -> body.put("canary_share", share));
        return view(send("POST", model, "/promote", body));
    }

    /** Makes an earlier version champion again: the one before, or a named one. */
    public PromotionView rollback(String model, Optional<String> version, String why) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("why", why));
        version.ifPresent(given -> body.put("version", given));
        return view(send("POST", model, "/rollback", body));
    }

    /** Lets a pending promotion happen, or refuses it. */
    public PromotionView approve(String model, String version, boolean approved, String why) {
        return view(send("POST", model, "/approve", Map.of("version", version, "approved", approved, "why", why)));
    }

    /** Stops promotion by the rule, until a moment or until it is thawed. */
    public PromotionView freeze(String model, String reason, Optional<Instant> until) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("reason", reason));
        until.ifPresent(moment -> body.put("until", moment.toString()));
        return view(send("POST", model, "/freeze", body));
    }

    /** Ends a freeze. */
    public PromotionView thaw(String model, String why) {
        return view(send("POST", model, "/thaw", Map.of("why", why)));
    }

    private static PromotionView view(byte[] body) {
        return Json.read(body, PromotionView.class);
    }

    private <T> T get(String model, String path, Class<T> type) {
        HttpRequest request = http.request(RegistryPaths.model(model) + path, PATIENCE)
                .header("User-Agent", who)
                .GET()
                .build();
        return Json.read(http.send(request, BodyHandlers.ofByteArray()), type);
    }

    private byte[] send(String method, String model, String path, Object body) {
        HttpRequest request = http.request(RegistryPaths.model(model) + path, PATIENCE)
                .header("User-Agent", who)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }

    private record Comparisons(List<Comparison> comparisons) {}
}
