package coldstream.scorer.model;

import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A chat completions endpoint on a free port that answers what it was told to, in turn; then repeats the last answer. */
public final class ChatServer implements AutoCloseable {

    /** What a client sent. */
    public record Call(String path, String authorization, JsonNode body) {}

    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    public ChatServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
    }

    public List<Call> calls() {
        return calls;
    }

    /** Next: a well-formed completion with this content, 100 prompt and 10 completion tokens. */
    public void answer(String content) {
        raw(200, completion(content));
    }

    /** Next: this status and body. */
    public void raw(int status, String body) {
        answers.add(exchange -> send(exchange, status, body));
    }

    /** Next: a well-formed completion after a pause. */
    public void slowly(Duration pause, String content) {
        answers.add(exchange -> {
            if (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                send(exchange, 200, completion(content));
            }
        });
    }

    /** Next: one byte a pause, without end. */
    public void drip(Duration pause) {
        answers.add(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    out.write(' ');
                    out.flush();
                }
            }
        });
    }

    private void handle(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        calls.add(new Call(
                exchange.getRequestURI().getPath(),
                authorization == null ? "" : authorization,
                Json.mapper().readTree(exchange.getRequestBody().readAllBytes())));
        Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
        try {
            if (answer != null) {
                answer.to(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String completion(String content) {
        return "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"a-model\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":"
                + Json.mapper().getNodeFactory().textNode(content)
                + "},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10,\"total_tokens\":110}}";
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
