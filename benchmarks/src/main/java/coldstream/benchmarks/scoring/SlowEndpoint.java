package coldstream.benchmarks.scoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A chat completions endpoint that scores every list alike, after a fixed time and next to no work. */
final class SlowEndpoint implements AutoCloseable {

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "slow-endpoint");
        thread.setDaemon(true);
        return thread;
    });
    private final Duration latency;
    private final byte[] answer;

    /** @param candidates labelled c1, c2, … in every answer */
    SlowEndpoint(Duration latency, int candidates) throws IOException {
        this.latency = latency;
        String scores = IntStream.rangeClosed(1, candidates)
                .mapToObj(i -> "{\\\"id\\\":\\\"c" + i + "\\\",\\\"score\\\":0." + (i % 9 + 1) + "}")
                .collect(Collectors.joining(","));
        answer =
                ("{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                                + "\"message\":{\"role\":\"assistant\",\"content\":\"{\\\"scores\\\":[" + scores
                                + "]}\"},"
                                + "\"finish_reason\":\"stop\"}],"
                                + "\"usage\":{\"prompt_tokens\":800,\"completion_tokens\":200,\"total_tokens\":1000}}")
                        .getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::reply);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
    }

    private void reply(HttpExchange exchange) {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            TimeUnit.NANOSECONDS.sleep(latency.toNanos());
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
