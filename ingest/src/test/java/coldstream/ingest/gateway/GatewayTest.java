package coldstream.ingest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.service.Secret;
import coldstream.testkit.Await;
import coldstream.wire.EventRules;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway over real HTTP, with a Kafka that answers when it is told to. */
class GatewayTest {

    private static final Topics TOPICS = new Topics("coldstream");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
    private static final String DATA = "{\"type\":\"click\",\"user_id\":\"ann\",\"item_id\":\"film\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private MockProducer<byte[], byte[]> kafka = kafka(true);
    private Gateway gateway = start(Optional.empty(), Duration.ofSeconds(20));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void anAcceptedEventGoesToItsUsersKeyAsItCame() throws Exception {
        String event = event("e1", "ann") + " ";

        HttpResponse<String> answer = post("/v1/interactions", "application/json", event);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(kafka.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo(TOPICS.interactions());
            assertThat(record.key()).isEqualTo("ann".getBytes(UTF_8));
            assertThat(record.value()).isEqualTo(event.getBytes(UTF_8));
        });
    }

    @Test
    void ofAnArrayEachEventIsAnsweredForItself() throws Exception {
        HttpResponse<String> answer = post(
                "/v1/interactions",
                "application/json",
                "[" + event("e1", "ann") + ",{\"event_id\":\"e2\",\"user_id\":5},7," + event("e4", "bob") + "]");

        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.body()).isEqualTo("""
                        {"accepted":2,"refused":2,"results":[{"index":0,"event_id":"e1","status":"accepted"},\
                        {"index":1,"event_id":"e2","status":"refused","code":"wrong_type",\
                        "reason":"user_id must be a string, got number 5"},\
                        {"index":2,"status":"refused","code":"unparsable",\
                        "reason":"an event must be a JSON object, got number 7"},\
                        {"index":3,"event_id":"e4","status":"accepted"}]}""");
        assertThat(keys()).containsExactly("ann", "bob");
    }

    @Test
    void ofLinesEachIsAnEventAndABrokenOneSpoilsNoOther() throws Exception {
        HttpResponse<String> answer = post(
                "/v1/interactions",
                "application/x-ndjson",
                event("e1", "ann") + "\n\n{broken\r\n" + event("e3", "bob") + "\n");

        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(json(answer).findValuesAsText("status")).containsExactly("accepted", "refused", "accepted");
        assertThat(keys()).containsExactly("ann", "bob");
    }

    @Test
    void whenAllAreRefusedTheAnswerIsAProblem() throws Exception {
        HttpResponse<String> answer = post("/v1/interactions", "application/json", "{\"event_id\":\"e1\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertProblem(answer);
        assertThat(json(answer).path("detail").asText()).isEqualTo("user_id is missing");
        assertThat(json(answer).path("results").get(0).path("event_id").asText())
                .isEqualTo("e1");
        assertThat(kafka.history()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "nonsense", "{\"a\":1} {\"b\":2}"})
    void aBodyThatCannotBeReadIsABadRequest(String body) throws Exception {
        HttpResponse<String> answer = post("/v1/interactions", "application/json", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertProblem(answer);
    }

    @Test
    void aCloudEventInBinaryModeKeepsItsAttributes() throws Exception {
        HttpRequest request = request("/v1/interactions", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "ce-1")
                .header("ce-source", "/shop")
                .header("ce-type", "click")
                .header("ce-time", "2026-01-01T11:00:00Z")
                .header("ce-subject", "%C3%A9t%C3%A9")
                .POST(BodyPublishers.ofString(DATA))
                .build();

        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).findValuesAsText("event_id")).containsExactly("ce-1");
        assertThat(header("ce_id")).isEqualTo("ce-1");
        assertThat(header("ce_subject")).isEqualTo("été");
        assertThat(header("content-type")).isEqualTo("application/json");
    }

    @Test
    void aCloudEventInStructuredModeIsPassedOnAsOne() throws Exception {
        HttpResponse<String> answer =
                post("/v1/interactions", "application/cloudevents+json; charset=utf-8", cloudEvent("ce-1"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).findValuesAsText("event_id")).containsExactly("ce-1");
        assertThat(header("content-type")).isEqualTo("application/cloudevents+json");
    }

    @Test
    void aBatchOfCloudEventsIsTakenApart() throws Exception {
        HttpResponse<String> answer = post(
                "/v1/interactions",
                "application/cloudevents-batch+json",
                "[" + cloudEvent("ce-1") + "," + cloudEvent("ce-2") + "]");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).findValuesAsText("event_id")).containsExactly("ce-1", "ce-2");
        assertThat(kafka.history()).hasSize(2);
    }

    @Test
    void itemsGoToTheirOwnTopicAndAreRetiredWithoutAValue() throws Exception {
        HttpResponse<String> described = post("/v1/items", "application/json", "{\"item_id\":\"a/b\",\"title\":\"A\"}");
        HttpResponse<String> retired =
                http.send(request("/v1/items/a%2Fb", "").DELETE().build(), BodyHandlers.ofString());

        assertThat(described.body()).contains("\"item_id\":\"a/b\",\"status\":\"accepted\"");
        assertThat(retired.statusCode()).isEqualTo(202);
        assertThat(keys()).containsExactly("a/b", "a/b");
        assertThat(kafka.history()).extracting(ProducerRecord::topic).containsOnly(TOPICS.items());
        assertThat(kafka.history().get(1).value()).isNull();
    }

    @Test
    void aSingleEventBeyondTheLimitIsTooLarge() throws Exception {
        HttpResponse<String> answer =
                post("/v1/interactions", "application/json", event("e1", "ann") + " ".repeat(2 << 20));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertProblem(answer);
    }

    @Test
    void aRequestBeyondItsLimitIsTooLargeEvenWhenItDoesNotSayItsLength() throws Exception {
        byte[] body = " ".repeat(5 << 20).getBytes(UTF_8);
        HttpRequest request = request("/v1/interactions", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void nothingIsAnsweredBeforeKafkaHasAcknowledged() throws Exception {
        restart(Optional.empty(), Duration.ofSeconds(20));

        CompletableFuture<HttpResponse<String>> answer = postLater(event("e1", "ann"));
        Await.until("the event is with Kafka", () -> kafka.history().size() == 1);
        assertThat(answer).isNotDone();
        kafka.completeNext();

        assertThat(answer.get().statusCode()).isEqualTo(202);
    }

    @Test
    void whenTooMuchWaitsForKafkaRequestsAreTurnedAwayUntilThereIsRoom() throws Exception {
        restart(Optional.empty(), Duration.ofSeconds(20));
        CompletableFuture<HttpResponse<String>> first =
                postLater("[" + event("e1", "ann") + "," + event("e2", "ann") + "]");
        CompletableFuture<HttpResponse<String>> second = postLater(event("e3", "ann"));
        Await.until("three events wait", () -> kafka.history().size() == 3);

        HttpResponse<String> turnedAway = post("/v1/interactions", "application/json", event("e4", "ann"));

        assertThat(turnedAway.statusCode()).isEqualTo(429);
        assertThat(turnedAway.headers().firstValue("Retry-After")).contains("1");
        assertThat(kafka.history()).hasSize(3);
        kafka.completeNext();
        kafka.completeNext();
        kafka.completeNext();
        assertThat(first.get().statusCode()).isEqualTo(202);
        assertThat(second.get().statusCode()).isEqualTo(202);
        CompletableFuture<HttpResponse<String>> again = postLater(event("e4", "ann"));
        Await.until("there is room again", () -> kafka.history().size() == 4);
        kafka.completeNext();
        assertThat(again.get().statusCode()).isEqualTo(202);
    }

    @Test
    void whenKafkaDoesNotAnswerInTimeTheClientIsToldToTryAgain() throws Exception {
        restart(Optional.empty(), Duration.ofMillis(200));

        HttpResponse<String> answer = post("/v1/interactions", "application/json", event("e1", "ann"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void whenKafkaCannotBeReachedTheFirstEventSaysSoForAll() throws Exception {
        kafka.sendException = new TimeoutException("no metadata");

        HttpResponse<String> answer = post(
                "/v1/interactions",
                "application/json",
                "[" + event("e1", "ann") + "," + event("e2", "ann") + "," + event("e3", "ann") + "]");

        assertThat(answer.statusCode()).isEqualTo(503);
        kafka.sendException = null;
        assertThat(post("/v1/interactions", "application/json", event("e1", "ann"))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void withATokenOnlyThoseWhoKnowItGetIn() throws Exception {
        restart(Optional.of(new Secret("s3cret")), Duration.ofSeconds(20));
        HttpRequest.Builder request =
                request("/v1/interactions", "application/json").POST(BodyPublishers.ofString("{}"));

        HttpResponse<String> stranger = http.send(request.build(), BodyHandlers.ofString());
        HttpResponse<String> known =
                http.send(request.header("Authorization", "Bearer s3cret").build(), BodyHandlers.ofString());

        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(known.statusCode()).isEqualTo(422);
    }

    private static void assertProblem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
    }

    private void restart(Optional<Secret> token, Duration ackTimeout) {
        gateway.close();
        kafka = kafka(false);
        gateway = start(token, ackTimeout);
    }

    private static MockProducer<byte[], byte[]> kafka(boolean acknowledges) {
        return new MockProducer<>(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Gateway start(Optional<Secret> token, Duration ackTimeout) {
        GatewayConfig config =
                new GatewayConfig("127.0.0.1", 0, TOPICS, EventRules.DEFAULT, token, 4 << 20, 1 << 20, 3, ackTimeout);
        return Gateway.start(config, kafka, CLOCK, new SimpleMeterRegistry(), () -> true);
    }

    private HttpResponse<String> post(String path, String contentType, String body) throws Exception {
        return http.send(
                request(path, contentType).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> postLater(String body) {
        return http.sendAsync(
                request("/v1/interactions", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
        return contentType.isEmpty() ? request : request.header("content-type", contentType);
    }

    private List<String> keys() {
        return kafka.history().stream()
                .map(record -> new String(record.key(), UTF_8))
                .toList();
    }

    private String header(String name) {
        return new String(kafka.history().get(0).headers().lastHeader(name).value(), UTF_8);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return Json.mapper().readTree(answer.body());
    }

    private static String event(String id, String user) {
        return """
                {"event_id":"%s","type":"click","user_id":"%s","item_id":"film","timestamp":"2026-01-01T11:00:00Z"}""".formatted(id, user);
    }

    private static String cloudEvent(String id) {
        return """
                {"specversion":"1.0","id":"%s","source":"/shop","type":"click","time":"2026-01-01T11:00:00Z","data":%s}""".formatted(id, DATA);
    }
}
