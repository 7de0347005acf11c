package coldstream.registry;

import coldstream.service.Settings;
import coldstream.wire.RegistryClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A registry on a free port over a folder, with Kafka away unless a setting says otherwise. */
public final class RunningRegistry implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final RegistryService service;

    private RunningRegistry(RegistryService service) {
        this.service = service;
    }

    public static RunningRegistry start(Path folder) {
        return start(folder, Map.of());
    }

    public static RunningRegistry start(Path folder, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "data-directory", folder.toString(),
                "registry.port", "0",
                "kafka.bootstrap-servers", "127.0.0.1:1",
                "registry.evidence-wait", "0s"));
        all.putAll(settings);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        RegistryService service = RegistryService.create(Settings.of(RegistryService.settings(), all), meters);
        service.start();
        return new RunningRegistry(service);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    RegistryService service() {
        return service;
    }

    public RegistryClient client() {
        return new RegistryClient(url(), Optional.empty(), 3, Duration.ofMillis(10));
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(url().resolve(path)).GET());
    }

    public HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(url().resolve(path)).POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> put(String path, String content) {
        return send(HttpRequest.newBuilder(url().resolve(path)).PUT(BodyPublishers.ofString(content)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofMinutes(4)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
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
