package coldstream.registry.events;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;

/** An HTTP server that keeps what it is sent and answers as a test says. */
final class WebhookReceiver implements AutoCloseable {

    /** What came. */
    record Message(String deliveryId, String timestamp, String signature, String body) {}

    private final HttpServer server;
    private final List<Message> messages = new CopyOnWriteArrayList<>();

    private WebhookReceiver(HttpServer server) {
        this.server = server;
    }

    /** @param status of the answer, by the number of messages that came before */
    static WebhookReceiver start(int port, IntUnaryOperator status) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var receiver = new WebhookReceiver(server);
            server.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                var headers = exchange.getRequestHeaders();
                int code = status.applyAsInt(receiver.messages.size());
                receiver.messages.add(new Message(
                        headers.getFirst("X-MLflow-Delivery-Id"),
                        headers.getFirst("X-MLflow-Timestamp"),
                        headers.getFirst("X-MLflow-Signature"),
                        body));
                if (code == 302) {
                    exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
                }
                exchange.sendResponseHeaders(code, -1);
                exchange.close();
            });
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    List<Message> messages() {
        return messages;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
