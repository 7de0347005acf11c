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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wishes, many users at once, similar items and explanations, as HTTP gives them. */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
class AnswersHttpTest {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private StubRegistry registry;
    private RunningServing serving;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        registry = new StubRegistry(folder.resolve("registry"));
        registry.add(
                "7",
                new FakeModel.Table(Map.of("a", 1f, "b", 4f, "c", 3f), Map.of("a", 9L, "b", 8L, "c", 0L), Map.of()));
        registry.champion("7");
        serving = RunningServing.start(
                        folder.resolve("data"),
                        registry.url(),
                        Map.of("redis.url", REDIS.url().toString(), "serving.max-items", "20"))
                .await("7");
    }

    @BeforeEach
    void annTookB() {
        try (RedisConnection redis = RedisConnection.to(REDIS.url(), Duration.ofSeconds(30))) {
            new RedisUserStateStore(redis, RedisBounds.DEFAULTS)
                    .putAll(Map.of(new UserId("ann"), new UserState(List.of(new ItemId("b")), 1)));
        }
    }

    @AfterAll
    void stop() {
        serving.close();
        registry.close();
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "                                   | c a",
                "&k=1                               | c",
                "&exclude_seen=false                | b c a",
                "&exclude=c                         | a",
                "&exclude=c&exclude=a&exclude=zzz   | ''",
                "&only_new=true                     | c",
                "&category=kind                     | c a",
                "&category=other&category=kind      | c a",
                "&category=other                    | ''",
            })
    void aWishLeavesWhatItSays(String wish, String items) {
        JsonNode answer = json(serving.get("/v1/recommendations?user=ann" + (wish == null ? "" : wish)));

        assertThat(String.join(" ", answer.path("items").findValuesAsText("item_id")))
                .isEqualTo(items);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/recommendations?user=ann&only_new=yes | only_new must be true or false, got yes",
                "/v1/recommendations?user=ann&exclude=     | item_id must not be blank",
                "/v1/similar                               | item must be given, such as ?item=42",
                "/v1/similar?item=a&by=magic               | by must be text or rows, got magic",
                "/v1/explain?user=ann                      | item must be given, such as ?item=42",
                "/v1/explain?item=a                        | user must be given, such as ?user=42",
            })
    void aQuestionThatMakesNoSenseIsToldWhy(String path, String why) {
        HttpResponse<String> answer = serving.get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).isEqualTo(why);
    }

    @Test
    void manyUsersAreAnsweredAtOnceEachAsAlone() {
        JsonNode answers = json(serving.post("/v1/recommendations", "{\"users\":[\"ann\",\"nobody\"],\"k\":2}"))
                .path("answers");

        assertThat(answers).hasSize(2);
        assertThat(answers.path(0)).isEqualTo(json(serving.get("/v1/recommendations?user=ann&k=2")));
        assertThat(answers.path(1)).isEqualTo(json(serving.get("/v1/recommendations?user=nobody&k=2")));
        assertThat(answers.path(0).path("model").path("version").asText()).isEqualTo("7");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | the body must be an object with a list of users",
                "nonsense | the body must be an object with a list of users",
                "{\"users\":[]} | users must be 1 to 20, got 0",
                "{\"users\":[\"\"]} | user_id must not be blank",
                "{\"users\":[\"ann\"],\"k\":21} | k must be a whole number from 1 to 20, got 21",
            })
    void aBatchThatMakesNoSenseIsToldWhy(String body, String why) {
        HttpResponse<String> answer = serving.post("/v1/recommendations", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).startsWith(why);
    }

    @Test
    void similarItemsSayWhatWasCompared() {
        JsonNode answer = json(serving.get("/v1/similar?item=b&k=1"));

        assertThat(answer.path("by").asText()).isEqualTo("text");
        assertThat(answer.path("items").findValuesAsText("item_id")).containsExactly("c");
        assertThat(answer.path("items").path(0).path("score").asDouble()).isEqualTo(0.5);
        assertThat(json(serving.get("/v1/similar?item=b&by=rows")).path("by").asText())
                .isEqualTo("rows");
        assertThat(serving.get("/v1/similar?item=zzz").statusCode()).isEqualTo(404);
    }

    @Test
    void anExplanationSaysWhatMovedTheScoreAndOfWhichVersion() {
        JsonNode answer = json(serving.get("/v1/explain?user=ann&item=c"));

        assertThat(answer.path("score").asDouble()).isEqualTo(4.0);
        assertThat(answer.path("signal").asDouble()).isEqualTo(0.5);
        assertThat(answer.path("item_known").asBoolean()).isTrue();
        assertThat(answer.path("user_known").asBoolean()).isTrue();
        assertThat(answer.path("fields").toString()).isEqualTo("[{\"field\":\"item\",\"moved\":0.25}]");
        assertThat(answer.path("history").toString())
                .isEqualTo("[{\"item_id\":\"b\",\"title\":\"The b\",\"moved\":1.0}]");
        assertThat(answer.path("model").path("version").asText()).isEqualTo("7");
        assertThat(answer.path("model").path("epoch").asLong()).isEqualTo(1);
        assertThat(answer.path("model").path("offsets").size()).isEqualTo(1);
    }

    @Test
    void anUnknownItemIsExplainedAndScoredToo() {
        JsonNode answer = json(serving.get("/v1/explain?user=stranger&item=never-seen"));

        assertThat(answer.path("item_known").asBoolean(true)).isFalse();
        assertThat(answer.path("user_known").asBoolean(true)).isFalse();
        assertThat(answer.path("score").asDouble()).isEqualTo(-9);
    }
}
