package coldstream.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Sends requests to the registry, again where that may help: no connection, 429 and 5xx; nothing else. */
final class RegistryHttp {

    private static final String DAMAGED = "DATA_LOSS";
    private static final String NOT_IN_TIME = "no whole answer in time";

    private final HttpClient http;
    private final URI base;
    private final Optional<String> token;
    private final int attempts;
    private final Duration pause;

    /**
     * @param attempts in all, at least 1
     * @param pause before the second attempt; doubles each time, up to 5 s
     */
    RegistryHttp(URI base, Optional<String> token, int attempts, Duration pause) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(2))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.token = token;
        this.attempts = attempts;
        this.pause = pause;
    }

    HttpRequest.Builder request(String path, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /**
     * @throws RegistryException.Refused on a status of 400 or more that will not pass
     * @throws RegistryException.Unavailable if no attempt got through
     */
    <T> T send(HttpRequest request, BodyHandler<T> success) {
        String problem = "";
        @Nullable IOException cause = null;
        long wait = pause.toMillis();
        for (int attempt = 1; attempt <= attempts; attempt++) {
            try {
                if (attempt > 1) {
                    Thread.sleep(wait);
                    wait = Math.min(2 * wait, 5_000);
                }
                HttpResponse<Answer<T>> response = exchange(request, info -> answer(info, success));
                Answer<T> answer = response.body();
                if (answer instanceof Good<T> good) {
                    return good.value();
                }
                if (answer instanceof Bad<T> bad) {
                    if (bad.body().contains("\"" + DAMAGED + "\"")) {
                        throw new RegistryException.Corrupt(
                                refused(response.statusCode(), bad.body()).reason());
                    }
                    if (response.statusCode() != 429 && response.statusCode() < 500) {
                        throw refused(response.statusCode(), bad.body());
                    }
                    problem = "HTTP " + response.statusCode();
                    cause = null;
                }
            } catch (IOException e) {
                cause = e;
                problem = String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RegistryException.Unavailable("interrupted while asking the registry", e);
            }
        }
        String message = "the registry at " + base + " must answer " + request.method() + " "
                + request.uri().getPath() + ", got " + problem + " after " + attempts + " attempts";
        throw cause == null
                ? new RegistryException.Unavailable(message)
                : new RegistryException.Unavailable(message, cause);
    }

    /** The request's time-out bounds the whole exchange; the JDK's own ends with the headers. */
    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> running = http.sendAsync(request, handler);
        try {
            return running.get(request.timeout().orElseThrow().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new HttpTimeoutException(NOT_IN_TIME);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpTimeoutException late && !(late instanceof HttpConnectTimeoutException)) {
                throw new HttpTimeoutException(NOT_IN_TIME);
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            running.cancel(true);
            throw e;
        }
    }

    private sealed interface Answer<T> {}

    private record Good<T>(T value) implements Answer<T> {}

    private record Bad<T>(String body) implements Answer<T> {}

    private static <T> HttpResponse.BodySubscriber<Answer<T>> answer(
            HttpResponse.ResponseInfo info, BodyHandler<T> success) {
        return info.statusCode() < 400
                ? HttpResponse.BodySubscribers.mapping(success.apply(info), Good::new)
                : HttpResponse.BodySubscribers.mapping(
                        HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8), Bad::new);
    }

    /** Below {@code /v1} the code is the problem's title. */
    private static String titled(JsonNode error, int status) {
        String title = error.path("title").asText("");
        return title.matches("[A-Z_]+") ? title : "HTTP_" + status;
    }

    private static RegistryException.Refused refused(int status, String body) {
        try {
            JsonNode error = Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
            return new RegistryException.Refused(
                    error.path("error_code").asText(titled(error, status)),
                    error.path("message").asText(error.path("detail").asText("")));
        } catch (SerializationException e) {
            return new RegistryException.Refused("HTTP_" + status, "");
        }
    }
}
