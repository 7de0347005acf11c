package coldstream.serving;

import coldstream.service.Settings;
import coldstream.testkit.Await;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Serving on a free port, with Kafka and Redis away unless a setting says otherwise. */
final class RunningServing implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServingService service;

    private RunningServing(ServingService service) {
        this.service = service;
    }

    static RunningServing start(Path folder, URI registry, Map<String, String> settings) {
        return start(folder, registry, settings, FakeModel::load);
    }

    static RunningServing start(Path folder, URI registry, Map<String, String> settings, RankingModel.Loader loader) {
        return follow(folder, registry, settings, FollowingModel.Loader.of(loader));
    }

    static RunningServing follow(
            Path folder, URI registry, Map<String, String> settings, FollowingModel.Loader loader) {
        Map<String, String> all = new HashMap<>(Map.of(
                "data-directory", folder.toString(),
                "serving.port", "0",
                "serving.poll-interval", "20ms",
                "registry.url", registry.toString(),
                "redis.url", "redis://127.0.0.1:1",
                "serving.redis-timeout", "5s",
                "serving.timeout", "60s",
                "kafka.bootstrap-servers", "127.0.0.1:1"));
        all.putAll(settings);
        ServingService service = ServingService.follow(
                Settings.of(ServingService.settings(), all),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                loader);
        service.start();
        return new RunningServing(service);
    }

    ServingService service() {
        return service;
    }

    RunningServing await(String version) {
        Await.until("version " + version + " answers", () -> service.currentVersion()
                .equals(Optional.of(version)));
        return this;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(json)));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + service.port() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofMinutes(4)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
