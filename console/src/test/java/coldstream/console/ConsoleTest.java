package coldstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.console.ConsoleRig.Events;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.testkit.RedisExtension;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console over real HTTP, a real broker and a real Redis; one for all tests, which do not disturb each other. */
@Tag("integration")
class ConsoleTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private static @Nullable ConsoleRig running;

    @BeforeAll
    static void start() throws IOException {
        running = new ConsoleRig(KAFKA.bootstrapServers(), KAFKA.namespace(), REDIS.url(), Map.of());
        Await.until(
                "the topics are there",
                () -> part("kafka").path("state").asText().equals("ok"));
        Await.until(
                "the versions are known",
                () -> rig().json("/api/deployments").path("versions").size() == 2);
    }

    @AfterAll
    static void stop() {
        rig().close();
    }

    private static ConsoleRig rig() {
        return Objects.requireNonNull(running);
    }

    private static JsonNode part(String name) {
        for (JsonNode one : rig().json("/api/health").path("parts")) {
            if (one.path("name").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no part " + name);
    }

    @Test
    void anAlarmComesLiveToWhoLooksAndWhatWasMissedComesAfterABreak() throws Exception {
        try (Events page = rig().look("")) {
            Await.until("it is greeted", () -> !page.named("hello").isEmpty());
            rig().produce(List.of(rig().alert("live-1", "OPEN", "it drifts")));

            Await.until("the alarm is there", () -> has(page, "live-1", "OPEN"));
            String last = page.named("alarm").get(0).id();
            page.close();
            rig().produce(List.of(rig().alert("live-1", "CLOSED", "it is over")));
            try (Events again = rig().look(last)) {
                Await.until("the end of it is there", () -> has(again, "live-1", "CLOSED"));
                assertThat(again.all().get(0).data().path("resumed").asBoolean())
                        .isTrue();
                assertThat(has(again, "live-1", "OPEN")).isFalse();
            }
        }
        assertThat(rig().json("/api/alarms").path("open").findValuesAsText("alert_id"))
                .doesNotContain("live-1");
    }

    private static boolean has(Events page, String alert, String state) {
        return page.named("alarm").stream()
                .anyMatch(event -> event.data().path("alert_id").asText().equals(alert)
                        && event.data().path("state").asText().equals(state));
    }

    @Test
    void whatIsLearntComesAsOnePointMore() throws Exception {
        try (Events page = rig().look("")) {
            Await.until("it is greeted", () -> !page.named("hello").isEmpty());
            rig().services.learn(77);

            Await.until("a point is there", () -> page.named("quality").stream()
                    .anyMatch(
                            event -> event.data().path("strata").path("overall").size() == 1));
            Await.until("so is the gate's", () -> !page.named("gate").isEmpty());
            assertThat(page.named("gate")
                            .get(0)
                            .data()
                            .path("cells")
                            .path("cold_tail")
                            .size())
                    .isOne();
            Await.until("health comes by itself", () -> !page.named("health").isEmpty());
        }
    }

    @Test
    void whatAServiceKnowsNothingOfIsLeftOutAndNotZero() {
        JsonNode cold = rig().json("/api/quality").path("strata").path("cold").path(0);
        assertThat(cold.has("logloss")).isTrue();
        assertThat(cold.has("auc")).isFalse();
        JsonNode head = rig().json("/api/gate").path("cells").path("cold_head").path(0);
        assertThat(head.path("evidence").asDouble(-1)).isZero();
        assertThat(head.has("agreement")).isFalse();
        assertThat(head.has("gained")).isFalse();
    }

    @Test
    void theVersionsGiveTheQualityFromBeforeTheConsoleBegan() {
        JsonNode quality = rig().json("/api/quality");

        assertThat(quality.path("since").asText())
                .isEqualTo(FakeServices.MADE.plusSeconds(60).toString());
        assertThat(quality.path("strata")
                        .path("overall")
                        .path(0)
                        .path("samples")
                        .asLong())
                .isEqualTo(500);
        assertThat(quality.path("windows").path("overall")).hasSize(2);
        assertThat(quality.path("versions")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/health", "/api/nothing", "/api/users/ann"})
    void everyAnswerSaysWhatABrowserMayDoWithIt(String path) {
        HttpResponse<String> answer = rig().get(path);

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                .isEqualTo(path.startsWith("/api/") ? "no-store" : "no-cache");
    }

    @Test
    void thePageIsThere() {
        HttpResponse<String> page = rig().get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("Coldstream").doesNotContain(" style=", "<style", " onclick");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, http://HERE, same-origin, 415",
        "application/json, http://elsewhere.example, same-origin, 403",
        "application/json, null, same-origin, 403",
        "application/json, http://HERE, cross-site, 403",
        "application/json, http://HERE, same-origin, 401"
    })
    void onlyThePageItselfMayAskForAChange(String type, String origin, String site, int status) {
        HttpResponse<String> answer = rig().post(
                        "/api/deployments/2/promote",
                        "{\"confirm\":\"promote ctr 2\"}",
                        "Content-Type",
                        type,
                        "Origin",
                        origin.replace("HERE", "127.0.0.1:" + rig().console.port()),
                        "Sec-Fetch-Site",
                        site);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "promote, promote ctr 2, , 401",
        "promote, promote ctr 2, wrong, 401",
        "promote, promote ctr 2, of-a-reader, 403",
        "promote, promote ctr 1, a-person-s-own, 422",
        "promote, '', a-person-s-own, 422",
        "approve, approve ctr 2, , 401",
        "approve, approve ctr 2, of-a-reader, 403",
        "approve, refuse ctr 2, a-person-s-own, 422"
    })
    void aDecisionNeedsTheSentenceAndTheRegistrysSecret(
            String what, String confirm, @Nullable String token, int status) {
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
        if (token != null) {
            headers.addAll(List.of("Authorization", "Bearer " + token));
        }
        HttpResponse<String> answer = rig().post(
                        "/api/deployments/2/" + what,
                        "{\"confirm\":\"" + confirm + "\",\"approved\":true}",
                        headers.toArray(String[]::new));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(rig().services.promoted()).isEmpty();
    }

    @Test
    void aUserIsShownWithAndWithoutGuidance() {
        rig().know(ConsoleRig.ANN);
        JsonNode user = rig().json("/api/users/ann?k=2");

        assertThat(user.path("known").asBoolean()).isTrue();
        assertThat(user.path("state").path("history").path(1).path("item").asText())
                .isEqualTo("book");
        JsonNode first = user.path("recommendations").path(0);
        assertThat(first.path("rank").asInt()).isOne();
        assertThat(first.path("rank_without_guidance").asInt()).isEqualTo(2);
        assertThat(first.path("score_without_guidance").asDouble()).isEqualTo(2.1 - 1.3);
        assertThat(first.path("stored_score").asDouble()).isEqualTo(0.92);
        assertThat(user.path("guidance").path("moved").asInt()).isEqualTo(2);
        assertThat(user.path("problems")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/quality?points=0, 400",
        "/api/quality?points=x, 400",
        "/api/alarms?limit=501, 400",
        "/api/deployments/99/why, 404",
        "/api/deployments/diff?from=1, 400",
        "/api/deployments/diff?from=1&to=nothing, 404",
        "/api/nothing, 404",
        "/api/stream, 406"
    })
    void whatCannotBeAnsweredIsAProblem(String path, int status) {
        HttpResponse<String> answer = rig().get(path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(ConsoleRig.tree(answer.body()).path("detail").asText()).isNotEmpty();
    }
}
