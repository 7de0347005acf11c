package coldstream.serving;

import static coldstream.serving.RunningServing.json;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisUserStateStore;
import coldstream.testkit.RedisExtension;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("integration")
class RecommendationHttpTest {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private final Path folder;
    private final StubRegistry registry;
    private final RunningServing serving;

    RecommendationHttpTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        registry = new StubRegistry(folder.resolve("registry"));
        registry.add(
                "7",
                new FakeModel.Table(Map.of("a", 1f, "b", 4f, "c", 3f), Map.of("a", 9L, "b", 8L, "c", 7L), Map.of()),
                Map.of("coldstream.samples.v1-0", 42L));
        registry.champion("7");
        serving = RunningServing.start(
                        folder.resolve("data"),
                        registry.url(),
                        Map.of("redis.url", REDIS.url().toString()))
                .await("7");
    }

    @AfterEach
    void stop() {
        serving.close();
        registry.close();
    }

    @Test
    void somebodyKnownGetsUnseenItemsWithTitlesVersionAndOffsets() {
        try (RedisConnection redis = RedisConnection.to(REDIS.url(), Duration.ofSeconds(30))) {
            new RedisUserStateStore(redis, RedisBounds.DEFAULTS)
                    .putAll(Map.of(new UserId("ann"), new UserState(List.of(new ItemId("b")), 1)));
        }

        JsonNode answer = json(serving.get("/v1/recommendations?user=ann&k=5"));

        assertThat(answer.path("user").asText()).isEqualTo("ann");
        assertThat(answer.path("strategy").asText()).isEqualTo("personal");
        assertThat(answer.path("degraded").asBoolean()).isFalse();
        assertThat(answer.path("items").findValuesAsText("item_id")).containsExactly("c", "a");
        assertThat(answer.path("items").path(0).path("title").asText()).isEqualTo("The c");
        assertThat(answer.path("items").path(0).path("rank").asInt()).isEqualTo(1);
        assertThat(answer.path("items").path(0).path("score").asDouble()).isEqualTo(4.0);
        assertThat(answer.path("model").path("name").asText()).isEqualTo("ctr");
        assertThat(answer.path("model").path("version").asText()).isEqualTo("7");
        assertThat(answer.path("model").path("samples").asLong()).isEqualTo(123);
        assertThat(answer.path("model")
                        .path("offsets")
                        .path("coldstream.samples.v1-0")
                        .asLong())
                .isEqualTo(42);
    }

    @Test
    void somebodyUnknownGetsAnAnswerToo() {
        JsonNode answer = json(serving.get("/v1/recommendations?user=nobody"));

        assertThat(answer.path("strategy").asText()).isEqualTo("cold-start");
        assertThat(answer.path("degraded").asBoolean()).isFalse();
        assertThat(answer.path("items")).hasSize(3);
    }

    @Test
    void withRedisAwayTheAnswerIsThatForSomebodyUnknownAndSaysSo() {
        try (var lonely = RunningServing.start(folder.resolve("lonely"), registry.url(), Map.of())
                .await("7")) {
            long began = System.nanoTime();
            JsonNode answer = json(lonely.get("/v1/recommendations?user=ann"));

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            assertThat(answer.path("degraded").asBoolean()).isTrue();
            assertThat(answer.path("strategy").asText()).isEqualTo("cold-start");
            assertThat(answer.path("items")).hasSize(3);
            assertThat(lonely.get("/metrics").body()).contains("coldstream_serving_degraded_total 1.0");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "                | user must be given",
                "?user=          | user_id must not be blank",
                "?user=ann&k=0   | k must be a whole number from 1 to 1000, got 0",
                "?user=ann&k=-1  | k must be a whole number from 1 to 1000, got -1",
                "?user=ann&k=1000000 | k must be a whole number from 1 to 1000, got 1000000",
                "?user=ann&k=ten | k must be a whole number from 1 to 1000, got ten",
                "?user=ann&k=99999999999 | k must be a whole number from 1 to 1000, got 99999999999",
            })
    void aRequestThatMakesNoSenseIsToldWhy(String query, String why) {
        HttpResponse<String> answer = serving.get("/v1/recommendations" + (query == null ? "" : query));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(answer).path("detail").asText()).startsWith(why);
    }

    @Test
    void aUserIdThatIsFarTooLongIsRefused() {
        assertThat(serving.get("/v1/recommendations?user=" + "x".repeat(300)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void requestsAreCountedByOutcome() {
        serving.get("/v1/recommendations?user=ann");
        serving.get("/v1/recommendations?user=ann&k=0");

        assertThat(serving.get("/metrics").body())
                .contains("coldstream_serving_requests_seconds_count{outcome=\"ok\",route=\"recommendations\"} 1")
                .contains("coldstream_serving_requests_seconds_count{outcome=\"refused\",route=\"recommendations\"} 1")
                .contains("coldstream_snapshot_version 7.0")
                .contains("coldstream_event_to_servable_seconds_count 1");
    }
}
