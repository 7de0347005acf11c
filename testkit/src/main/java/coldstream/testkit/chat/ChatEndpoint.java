package coldstream.testkit.chat;

import coldstream.testkit.chat.ChatAnswer.Ending;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A chat completions endpoint on a free port of the loopback.
 *
 * <p>It gives the replies it was told to give next, in order, and then always the same one: by default it behaves and thinks
 * {@linkplain ChatMind#byWords() by words}. Safe for use by any number of threads and processes.
 */
public final class ChatEndpoint implements AutoCloseable {

    private static final int CALLS_KEPT = 1_000;
    private static final Duration DRIP = Duration.ofMillis(50);

    static {
        // Else a small answer waits for the client's delayed acknowledgement, up to 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "chat-endpoint");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<ChatReply> next = new ConcurrentLinkedQueue<>();
    private volatile ChatReply always = ChatReplies.thinking(ChatMind.byWords());
    private final Deque<ChatCall> calls = new ArrayDeque<>();
    private final AtomicLong count = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);

    private ChatEndpoint(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** An endpoint on a free port. */
    public static ChatEndpoint start() {
        return new ChatEndpoint(0);
    }

    /** An endpoint on this port, such as that of one that was closed before. */
    public static ChatEndpoint start(int port) {
        return new ChatEndpoint(port);
    }

    /** Up to and with the protocol's version. */
    public URI url() {
        return URI.create("http://localhost:" + port() + "/v1");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** To the next calls, one reply each; after them the reply that is always given. */
    public ChatEndpoint next(ChatReply... replies) {
        next.addAll(List.of(replies));
        return this;
    }

    /** From now on, to every call for which nothing else was said. */
    public ChatEndpoint always(ChatReply reply) {
        always = reply;
        return this;
    }

    /** The latest calls, oldest first, at most a thousand. */
    public List<ChatCall> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** Calls so far. */
    public long count() {
        return count.get();
    }

    /** Most calls that were being answered at the same time. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            ChatCall call = read(exchange);
            ChatReply reply = next.poll();
            send(exchange, (reply == null ? always : reply).to(call));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.decrementAndGet();
            exchange.close();
        }
    }

    private ChatCall read(HttpExchange exchange) throws IOException {
        JsonNode body;
        try {
            body = ChatCompletions.mapper().readTree(exchange.getRequestBody().readAllBytes());
        } catch (JacksonException e) {
            body = MissingNode.getInstance();
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        ChatCall call = new ChatCall(
                count.incrementAndGet(),
                exchange.getRequestURI().getPath(),
                authorization == null ? "" : authorization,
                body);
        synchronized (calls) {
            calls.addLast(call);
            if (calls.size() > CALLS_KEPT) {
                calls.removeFirst();
            }
        }
        return call;
    }

    private void send(HttpExchange exchange, ChatAnswer answer) throws IOException, InterruptedException {
        if (!answer.after().isZero() && closing.await(answer.after().toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        if (answer.ending() == Ending.NEVER) {
            drip(exchange, answer.status());
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            OutputStream out = exchange.getResponseBody(); // closed with the exchange: a cut answer must not be whole
            out.write(body, 0, answer.ending() == Ending.CUT ? body.length / 2 : body.length);
            out.flush();
        }
    }

    private void drip(HttpExchange exchange, int status) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(status, 0);
        OutputStream out = exchange.getResponseBody();
        while (!closing.await(DRIP.toMillis(), TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
