package coldstream.registry.events;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.registry.RunningRegistry;
import coldstream.registry.Snapshots;
import coldstream.registry.events.WebhookReceiver.Message;
import coldstream.service.Secret;
import coldstream.service.webhook.WebhookCall;
import coldstream.testkit.Await;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    private static final String WEBHOOKS = "/api/2.0/mlflow/webhooks";
    private static final String ALL =
            "[\"registered_model.created\",\"model_version.created\",\"model_version_tag.set\","
                    + "\"model_version_tag.deleted\",\"model_version_alias.created\",\"model_version_alias.deleted\"]";
    private static final Map<String, String> ALLOWED = Map.of("registry.webhook-private-hosts", "127.0.0.1");

    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private RunningRegistry registry;

    WebhookTest(@TempDir Path folder) {
        this.folder = folder;
        registry = RunningRegistry.start(folder.resolve("data"), ALLOWED);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void tellsEveryChangeInOrderSignedAsMlflowSigns() throws IOException {
        try (var receiver = WebhookReceiver.start(0, before -> 200)) {
            create(receiver.url(), ALL, "s3cret");
            registry.client().publish("ctr", Snapshots.write(folder.resolve("a"), "content", 0.8));
            registry.post(
                    "/api/2.0/mlflow/model-versions/set-tag",
                    "{\"name\":\"ctr\",\"version\":\"1\",\"key\":\"k\",\"value\":\"v\"}");

            Await.until("five messages", () -> receiver.messages().size() == 5);

            assertThat(receiver.messages())
                    .extracting(message -> entity(message))
                    .containsExactly(
                            "registered_model.created",
                            "model_version.created",
                            "model_version_alias.created",
                            "model_version_alias.created",
                            "model_version_tag.set");
            Message created = receiver.messages().get(1);
            assertThat(json.readTree(created.body())
                            .path("data")
                            .path("version")
                            .asText())
                    .isEqualTo("1");
            assertThat(created.signature())
                    .isEqualTo(WebhookCall.signature(
                            new Secret("s3cret"), created.deliveryId(), created.timestamp(), created.body()));
            Await.until("nothing is owed", () -> metric("coldstream_registry_unsent_webhooks 0.0"));
        }
    }

    /** {@code echo -n 'd-1.1700000000.{"a":1}' | openssl dgst -sha256 -hmac s3cret -binary | base64}. */
    @Test
    void theSignatureIsThatOfOpenssl() {
        assertThat(WebhookCall.signature(new Secret("s3cret"), "d-1", "1700000000", "{\"a\":1}"))
                .isEqualTo("v1,G2ShuVzSSSfy1jCfd6eHfcRxF+GSmEbR2H97FZuxIU8=");
    }

    @Test
    void asksAgainWhereThatMayHelpWithTheSameDelivery() {
        try (var receiver = WebhookReceiver.start(0, before -> before < 2 ? 503 : 200)) {
            create(receiver.url(), "[\"registered_model.created\"]", "");
            model("m");

            Await.until("three attempts", () -> receiver.messages().size() == 3);

            assertThat(receiver.messages())
                    .extracting(Message::deliveryId)
                    .containsOnly(receiver.messages().get(0).deliveryId());
            assertThat(receiver.messages().get(0).signature()).isNull();
            Await.until("counted", () -> metric("coldstream_registry_webhooks_total{outcome=\"retried\"} 2.0"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 302})
    void anAnswerThatWillNotChangeEndsIt(int status) {
        try (var receiver = WebhookReceiver.start(0, before -> before == 0 ? status : 200)) {
            create(receiver.url(), "[\"registered_model.created\"]", "");
            model("m");
            model("n");

            Await.until("the next message", () -> receiver.messages().size() == 2);

            assertThat(receiver.messages().get(1).body()).contains("\"name\":\"n\"");
            Await.until("counted", () -> metric("coldstream_registry_webhooks_total{outcome=\"refused\"} 1.0"));
        }
    }

    @Test
    void aMessageOutlivesTheRegistryAndItsReceiver() {
        var first = WebhookReceiver.start(0, before -> 500);
        int port = first.port();
        create(first.url(), "[\"registered_model.created\"]", "");
        model("m");
        Await.until("an attempt", () -> !first.messages().isEmpty());
        first.close();
        registry.close();

        registry = RunningRegistry.start(folder.resolve("data"), ALLOWED);
        try (var second = WebhookReceiver.start(port, before -> 200)) {
            Await.until("the message", () -> second.messages().size() == 1);
            assertThat(second.messages().get(0).body()).contains("\"name\":\"m\"");
            assertThat(second.messages().get(0).deliveryId())
                    .isEqualTo(first.messages().get(0).deliveryId());
        }
    }

    @Test
    void canBeListedChangedTestedAndDeletedAndNeverShowsItsSecret() throws IOException {
        try (var receiver = WebhookReceiver.start(0, before -> 200)) {
            String id = create(receiver.url(), "[{\"entity\":\"MODEL_VERSION\",\"action\":\"CREATED\"}]", "s3cret");
            create(receiver.url(), ALL, "");

            HttpResponse<String> page = registry.get(WEBHOOKS + "?max_results=1");
            assertThat(page.body())
                    .contains("\"next_page_token\":\"1\"", "{\"entity\":\"MODEL_VERSION\",\"action\":\"CREATED\"}");
            assertThat(page.body() + registry.get(WEBHOOKS + "/" + id).body()).doesNotContain("s3cret");
            assertThat(patch(id, "{\"status\":\"DISABLED\",\"name\":\"other\"}").body())
                    .contains("\"status\":\"DISABLED\"", "\"name\":\"other\"", receiver.url());
            assertThat(registry.post(WEBHOOKS + "/" + id + "/test", "").body())
                    .contains("\"success\":true", "\"response_status\":200");
            assertThat(receiver.messages().get(0).signature()).startsWith("v1,");
            registry.send(HttpRequest.newBuilder(registry.url().resolve(WEBHOOKS + "/" + id))
                    .DELETE());
            assertThat(registry.get(WEBHOOKS + "/" + id).statusCode()).isEqualTo(404);
            assertThat(patch(id, "{}").body()).contains("RESOURCE_DOES_NOT_EXIST");
        }
    }

    @Test
    void aUrlThatMayNotBeCalledIsRefused() {
        for (String url : List.of(
                "ftp://example.com/",
                "http://example.com/",
                "https://user:pw@example.com/",
                "https:///x",
                "no url",
                "file:///etc/passwd")) {
            assertThat(registry.post(WEBHOOKS, body(url, ALL, "")).body()).contains("a webhook must have");
        }
    }

    @Test
    void anUnknownEventIsRefused() {
        assertThat(registry.post(WEBHOOKS, body("https://example.com/", "[\"model.exploded\"]", ""))
                        .body())
                .contains("an event must be one of", "got model.exploded");
        assertThat(registry.post(WEBHOOKS, body("https://example.com/", "[]", ""))
                        .body())
                .contains("at least one event");
    }

    private String entity(Message message) {
        try {
            JsonNode body = json.readTree(message.body());
            return body.path("entity").asText() + "." + body.path("action").asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String create(String url, String events, String secret) {
        HttpResponse<String> answer = registry.post(WEBHOOKS, body(url, events, secret));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().replaceAll(".*\"webhook_id\":\"([^\"]+)\".*", "$1");
    }

    private static String body(String url, String events, String secret) {
        return "{\"name\":\"hook\",\"url\":\"%s\",\"events\":%s,\"secret\":\"%s\"}".formatted(url, events, secret);
    }

    private HttpResponse<String> patch(String id, String body) {
        return registry.send(HttpRequest.newBuilder(registry.url().resolve(WEBHOOKS + "/" + id))
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    private void model(String name) {
        registry.post("/api/2.0/mlflow/registered-models/create", "{\"name\":\"" + name + "\"}");
    }

    private boolean metric(String line) {
        return List.of(registry.get("/metrics").body().split("\n", -1)).contains(line);
    }
}
