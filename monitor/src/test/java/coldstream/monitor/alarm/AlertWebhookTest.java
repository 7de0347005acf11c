package coldstream.monitor.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.DriftAlert;
import coldstream.monitor.Alerts;
import coldstream.service.Secret;
import coldstream.service.webhook.WebhookCall;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
@SuppressWarnings("NullAway.Init") // JUnit sets the server before anything else
class AlertWebhookTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final Secret SECRET = new Secret("s3cret");

    private record Message(String id, String timestamp, String signature, String body) {}

    private final Topics topics = new Topics(KAFKA.namespace());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        new TopicSetup(topics, "ctr", 1, 1).ensure(KAFKA.client(), Await.LIMIT);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            messages.add(new Message(
                    headers.getFirst("X-Coldstream-Delivery-Id"),
                    headers.getFirst("X-Coldstream-Timestamp"),
                    headers.getFirst("X-Coldstream-Signature"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private AlertWebhook webhook() {
        var config = new WebhookConfig(
                Optional.empty(), Optional.of(SECRET), List.of("127.0.0.1"), Duration.ofSeconds(5), Duration.ofDays(1));
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        var webhook = new AlertWebhook(url, config, KAFKA.client(), topics, meters);
        webhook.start();
        return webhook;
    }

    private double count(String outcome) {
        return meters.get("coldstream.drift.webhooks")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void everyStateOfAnAlertArrivesSignedInOrderAndOnceOverARestart() {
        DriftAlert alert = Alerts.open("outcome/logloss/cold", 1);
        try (AlertLog log = new KafkaAlertLog(KAFKA.client(), topics, "test")) {
            log.append(alert);
            status = 503;
            try (AlertWebhook first = webhook()) {
                Await.until("an attempt", () -> !messages.isEmpty());
                status = 200;
                Await.until("it is taken", () -> count("sent") == 1);
                assertThat(messages)
                        .extracting(Message::id)
                        .containsOnly(messages.get(0).id());
            }
            int before = messages.size();
            log.append(alert.closed("it is back", Alerts.NOON.plusSeconds(9)));
            try (AlertWebhook second = webhook()) {
                Await.until("the end is taken", () -> count("sent") == 2);
                assertThat(messages).hasSize(before + 1);
            }
        }
        Message last = messages.get(messages.size() - 1);
        assertThat(messages.get(0).body()).contains("\"entity\":\"drift_alert\",\"action\":\"opened\"");
        assertThat(last.body()).contains("\"action\":\"closed\"", "\"message\":\"it is back\"");
        assertThat(last.signature()).isEqualTo(WebhookCall.signature(SECRET, last.id(), last.timestamp(), last.body()));
        assertThat(count("retried")).isPositive();
    }

    @Test
    void anAddressOfThisNetworkMustBeAllowed() {
        var config = new WebhookConfig(
                Optional.empty(), Optional.empty(), List.of(), Duration.ofSeconds(5), Duration.ofDays(1));

        assertThatThrownBy(() -> new AlertWebhook("http://127.0.0.1:1/", config, KAFKA.client(), topics, meters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("drift.webhook-private-hosts");
    }
}
