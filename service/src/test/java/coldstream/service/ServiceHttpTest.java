package coldstream.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceHttpTest {

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicBoolean dead = new AtomicBoolean();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final ServiceHttp http = ServiceHttp.builder("127.0.0.1", 0, meters)
            .live("threads", () -> !dead.get())
            .ready("kafka", connected::get)
            .errors("/v2", (problem, context) -> context.result("{\"error\":\"" + problem.detail() + "\"}"))
            .routes(app -> {
                app.get("/busy", context -> {
                    throw new ProblemException(new Problem(429, "Busy", "try later", Map.of("Retry-After", "3")));
                });
                app.get("/broken", context -> {
                    throw new IllegalStateException("a secret of ours");
                });
                app.get("/slow", context -> {
                    begun.countDown();
                    mayEnd.await(4, TimeUnit.MINUTES);
                    context.result("done");
                });
            })
            .start();

    @AfterEach
    void stop() {
        mayEnd.countDown();
        http.close();
    }

    @Test
    void isLiveAtOnceAndReadyWhenItsChecksHold() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).contains("\"kafka\":false");

        connected.set(true);

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void isNotLiveOnceWhatItIsForHasEndedForGood() throws Exception {
        dead.set(true);

        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").body()).contains("\"status\":\"not live\"", "\"threads\":false");
    }

    @Test
    void whileItDrainsItIsNotReadyAndAnswersAllElseAsBefore() throws Exception {
        connected.set(true);

        http.drain();

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).contains("\"kafka\":true", "\"accepting\":false");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/busy").statusCode()).isEqualTo(429);
    }

    @Test
    void showsTheMetersInTheFormPrometheusReads() throws Exception {
        meters.counter("coldstream.events", "result", "accepted").increment(3);

        assertThat(get("/metrics").body()).contains("coldstream_events_total{result=\"accepted\"} 3.0");
    }

    @Test
    void writesAnErrorAsAProblem() throws Exception {
        HttpResponse<String> answer = get("/busy");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).contains("3");
        assertThat(answer.body()).contains("\"title\":\"Busy\"", "\"status\":429", "\"detail\":\"try later\"");
    }

    @Test
    void anUnknownPathIsAProblemToo() throws Exception {
        HttpResponse<String> answer = get("/nowhere");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void anUnexpectedFailureTellsNothingOfTheInside() throws Exception {
        HttpResponse<String> answer = get("/broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void aPathWithItsOwnErrorFormKeepsIt() throws Exception {
        assertThat(get("/v2/absent").body()).startsWith("{\"error\":");
    }

    @Test
    void aBusyPortIsOneClearLine() {
        assertThatThrownBy(() ->
                        ServiceHttp.builder("127.0.0.1", http.port(), meters).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port " + http.port() + " on 127.0.0.1 is in use");
    }

    @Test
    void closingLetsAnOpenRequestEnd() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request("/slow"), HttpResponse.BodyHandlers.ofString());
        assertThat(begun.await(4, TimeUnit.MINUTES)).isTrue();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(http::close);
        mayEnd.countDown();

        assertThat(answer.get(4, TimeUnit.MINUTES).body()).isEqualTo("done");
        closed.get(4, TimeUnit.MINUTES);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
                .timeout(Duration.ofMinutes(4))
                .build();
    }
}
