package coldstream.serving;

import static coldstream.serving.RunningServing.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class InferenceHttpTest {

    private static final String USER = "{\"name\":\"user\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"ann\"]}";
    private static final String ITEM =
            "{\"name\":\"item\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"a\",\"b\"]}";

    private final Path folder;
    private final StubRegistry registry;
    private final RunningServing serving;

    InferenceHttpTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        registry = new StubRegistry(folder.resolve("registry"));
        registry.add("7", new FakeModel.Table(Map.of("a", 0f, "b", 2f), Map.of("a", 9L, "b", 8L), Map.of()));
        registry.champion("7");
        serving = RunningServing.start(folder.resolve("data"), registry.url(), Map.of("serving.max-items", "5"))
                .await("7");
    }

    @AfterAll
    void stop() {
        serving.close();
        registry.close();
    }

    @Test
    void scoresItemsForOneUser() {
        JsonNode answer = json(infer("{\"id\":\"q1\",\"inputs\":[" + USER + "," + ITEM + "]}"));

        assertThat(answer.path("model_name").asText()).isEqualTo("ctr");
        assertThat(answer.path("model_version").asText()).isEqualTo("7");
        assertThat(answer.path("id").asText()).isEqualTo("q1");
        JsonNode score = answer.path("outputs").path(0);
        assertThat(score.toString())
                .isEqualTo("{\"name\":\"score\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[0.0,2.0]}");
        JsonNode probability = answer.path("outputs").path(1);
        assertThat(probability.path("name").asText()).isEqualTo("probability");
        assertThat(probability.path("data").path(0).asDouble()).isEqualTo(0.5);
        assertThat(probability.path("data").path(1).asDouble()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-6));
        assertThat(answer.path("parameters").path("version").asText()).isEqualTo("7");
        assertThat(answer.path("parameters")
                        .path("offsets")
                        .path("coldstream.samples.v1-0")
                        .asLong())
                .isEqualTo(7);
        assertThat(answer.path("parameters").path("epoch").asLong()).isEqualTo(1);
        assertThat(answer.path("parameters").path("degraded").asBoolean()).isTrue();
    }

    @Test
    void scoresOneItemForEachOfManyUsersInNestedForm() {
        JsonNode answer = json(infer("{\"inputs\":["
                + "{\"name\":\"item\",\"shape\":[3,1],\"datatype\":\"BYTES\",\"data\":[[\"b\"],[\"a\"],[\"b\"]]},"
                + "{\"name\":\"user\",\"shape\":[3],\"datatype\":\"BYTES\",\"data\":[\"ann\",\"bob\",\"ann\"]}],"
                + "\"outputs\":[{\"name\":\"score\"}]}"));

        assertThat(answer.path("outputs")).hasSize(1);
        assertThat(answer.path("outputs").path(0).path("data").toString()).isEqualTo("[2.0,0.0,2.0]");
        assertThat(answer.has("id")).isFalse();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "not json | the body must be JSON",
                "[] | the body must be an object with a list of inputs",
                "{} | the body must be an object with a list of inputs",
                "{\"inputs\":[]} | the inputs must be user and item, missing item",
                "{\"id\":7,\"inputs\":[]} | id must be text",
                "{\"inputs\":[{\"name\":\"age\"}]} | an input must be user or item, got age",
                "{\"inputs\":[USER,USER]} | an input must be given once, got user twice",
                "{\"inputs\":[USER]} | the inputs must be user and item, missing item",
                "{\"inputs\":[ITEM]} | the inputs must be user and item, missing user",
                "{\"inputs\":[USER,{\"name\":\"item\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1.0]}]} | item must have datatype BYTES, got FP32",
                "{\"inputs\":[USER,{\"name\":\"item\",\"shape\":[1],\"datatype\":\"TEXT\",\"data\":[\"a\"]}]} | item must have a datatype of the protocol, got TEXT",
                "{\"inputs\":[USER,{\"name\":\"item\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[1]}]} | item must hold texts, got 1",
                "{\"inputs\":[USER,{\"name\":\"item\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"a\"]}]} | item must have as many values as its shape says (2), got 1",
                "{\"inputs\":[USER,{\"name\":\"item\",\"shape\":[1,2],\"datatype\":\"BYTES\",\"data\":[\"a\",\"b\"]}]} | item must have shape [N] or [N, 1], got [1,2]",
                "{\"inputs\":[USER,{\"name\":\"item\",\"datatype\":\"BYTES\",\"data\":[\"a\"]}]} | item must have shape [N] or [N, 1]",
                "{\"inputs\":[USER,{\"name\":\"item\",\"shape\":[0],\"datatype\":\"BYTES\",\"data\":[]}]} | item must have 1 to 5 values, got 0",
                "{\"inputs\":[USER,{\"name\":\"item\",\"shape\":[6],\"datatype\":\"BYTES\",\"data\":[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]}]} | item must have 1 to 5 values, got 6",
                "{\"inputs\":[USER,{\"name\":\"item\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"\"]}]} | item_id must not be blank",
                "{\"inputs\":[ITEM,{\"name\":\"user\",\"shape\":[3],\"datatype\":\"BYTES\",\"data\":[\"a\",\"b\",\"c\"]}]} | user must have one value or as many as item (2), got 3",
                "{\"inputs\":[USER,ITEM],\"outputs\":[{\"name\":\"ctr\"}]} | an output must be one of [score, probability], got ctr",
            })
    void aRequestThatMakesNoSenseIsToldWhyInTheProtocolsForm(String body, String why) {
        HttpResponse<String> answer = infer(body.replace("USER", USER).replace("ITEM", ITEM));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).startsWith(why);
        assertThat(json(answer).size()).isEqualTo(1);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedInTheProtocolsForm() {
        HttpResponse<String> answer = infer("{" + " ".repeat(1 << 20));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).path("error").asText()).startsWith("a body must have at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/models/other/infer", "/v2/models/ctr/versions/6/infer"})
    void anotherModelOrVersionIsNotFound(String path) {
        for (String body : List.of("{\"inputs\":[" + USER + "," + ITEM + "]}", "not json")) {
            HttpResponse<String> answer = serving.post(path, body);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(json(answer).has("error")).isTrue();
        }
    }

    @Test
    void theServerAndTheModelDescribeThemselves() {
        assertThat(serving.get("/v2").body()).contains("\"name\":\"coldstream\"", "\"extensions\":[]");
        assertThat(serving.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
        assertThat(serving.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true,\"live\":true}");
        assertThat(serving.get("/v2/models/ctr/ready").body()).isEqualTo("{\"name\":\"ctr\",\"ready\":true}");
        assertThat(serving.get("/v2/models/ctr/versions/7/ready").statusCode()).isEqualTo(200);
        assertThat(serving.get("/v2/models/ctr/versions/8/ready").statusCode()).isEqualTo(400);
        assertThat(serving.get("/v2/models/other/ready").statusCode()).isEqualTo(404);
        assertThat(serving.get("/v2/models/ctr").body())
                .isEqualTo("{\"name\":\"ctr\",\"versions\":[\"7\"],\"platform\":\"coldstream_dcnv2\","
                        + "\"inputs\":[{\"name\":\"user\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                        + "{\"name\":\"item\",\"datatype\":\"BYTES\",\"shape\":[-1]}],"
                        + "\"outputs\":[{\"name\":\"score\",\"datatype\":\"FP32\",\"shape\":[-1]},"
                        + "{\"name\":\"probability\",\"datatype\":\"FP32\",\"shape\":[-1]}]}");
        assertThat(serving.get("/v2/nowhere").body()).startsWith("{\"error\":");
    }

    @Test
    void withoutAChampionItIsAliveButNotReady() throws IOException {
        try (var empty = new StubRegistry(folder.resolve("empty"));
                var waiting = RunningServing.start(folder.resolve("waiting"), empty.url(), Map.of())) {
            assertThat(waiting.get("/v2/health/live").statusCode()).isEqualTo(200);
            assertThat(waiting.get("/v2/health/ready").statusCode()).isEqualTo(400);
            assertThat(waiting.get("/health/ready").statusCode()).isEqualTo(503);
            HttpResponse<String> answer = waiting.get("/v1/recommendations?user=ann");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(waiting.post("/v2/models/ctr/infer", "{}").statusCode()).isEqualTo(503);
        }
    }

    private HttpResponse<String> infer(String body) {
        return serving.post("/v2/models/ctr/infer", body);
    }
}
