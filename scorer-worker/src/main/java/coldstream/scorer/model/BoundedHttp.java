package coldstream.scorer.model;

import coldstream.service.Secret;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client LangChain4j calls with: one host, one deadline for the whole exchange, a limit on the answer.
 *
 * <p>Nobody but the configured host is called, and redirects are not followed: key and question go where they were meant to. An
 * endpoint that drips its answer, or never ends it, costs the timeout and the limit, not a thread and the heap. Of an error's
 * text only a parameter's name is kept: it may repeat what was sent.
 */
final class BoundedHttp implements HttpClient {

    static final int MAX_BYTES = 1024 * 1024;
    private static final Duration LONGEST_LEAVE = Duration.ofHours(1);

    private final java.net.http.HttpClient client;
    private final OpenAiEndpoint endpoint;
    private final Payloads payloads;

    private BoundedHttp(OpenAiEndpoint endpoint) {
        this.endpoint = endpoint;
        this.payloads = new Payloads(endpoint.key());
        this.client = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .connectTimeout(endpoint.timeout())
                .build();
    }

    /** A builder whose clients call this endpoint only, with its key and its deadline, whatever LangChain4j sets. */
    static HttpClientBuilder to(OpenAiEndpoint endpoint) {
        return new Fixed(endpoint);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(converted(request), response -> new LimitedBody(MAX_BYTES));
        try {
            HttpResponse<byte[]> response = exchange.get(endpoint.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() / 100 != 2) {
                throw refusal(response);
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(response.statusCode())
                    .headers(response.headers().map())
                    .body(new String(response.body(), StandardCharsets.UTF_8))
                    .build();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no whole answer within " + endpoint.timeout(), e);
        } catch (ExecutionException e) {
            throw new RetriableException("the connection failed: " + name(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableException("interrupted", e);
        } finally {
            exchange.cancel(true);
        }
    }

    private java.net.http.HttpRequest converted(HttpRequest request) {
        URI uri = URI.create(request.url());
        URI base = endpoint.baseUrl();
        if (!Objects.equals(uri.getScheme(), base.getScheme())
                || !Objects.equals(uri.getHost(), base.getHost())
                || uri.getPort() != base.getPort()) {
            throw new IllegalStateException("only the configured host is called, got " + uri.getHost());
        }
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(uri);
        request.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("authorization")) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        key().ifPresent(key -> builder.header("Authorization", "Bearer " + key.reveal()));
        String body = request.body();
        return builder.method(
                        request.method().name(),
                        body == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private Optional<Secret> key() {
        try {
            return endpoint.apiKey().current();
        } catch (IllegalArgumentException e) { // its file is being replaced
            throw new RetriableException("the key file cannot be read", e);
        }
    }

    private EndpointException refusal(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String text = new String(response.body(), StandardCharsets.UTF_8);
        payloads.refused(status, text);
        boolean aboutTheCall = status == 400 || status == 422;
        return new EndpointException(
                status,
                response.headers().firstValue("Retry-After").flatMap(BoundedHttp::leave),
                aboutTheCall ? Parameter.refusedIn(text) : Optional.empty());
    }

    /** Seconds, or a point in time; nothing where it is neither; an hour at most. */
    private static Optional<Duration> leave(String value) {
        Duration leave;
        try {
            leave = value.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value.strip()))
                    : Duration.between(
                            Instant.now(), ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        if (leave.isNegative()) {
            return Optional.empty();
        }
        return Optional.of(leave.compareTo(LONGEST_LEAVE) > 0 ? LONGEST_LEAVE : leave);
    }

    private static String name(@Nullable Throwable cause) {
        return cause == null ? "" : cause.getClass().getSimpleName();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("scores are not streamed");
    }

    private record Fixed(OpenAiEndpoint endpoint) implements HttpClientBuilder {

        @Override
        public Duration connectTimeout() {
            return endpoint.timeout();
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration ignored) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return endpoint.timeout();
        }

        @Override
        public HttpClientBuilder readTimeout(Duration ignored) {
            return this;
        }

        @Override
        public HttpClient build() {
            return new BoundedHttp(endpoint);
        }
    }
}
