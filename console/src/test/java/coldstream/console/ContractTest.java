package coldstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.testkit.RedisExtension;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The fixtures that the page is built against are what the running console answers: every field of an answer is in its fixture
 * with the same kind of value, and every field of a fixture is in an answer, but for those that stand for what is not there.
 */
@Tag("integration")
class ContractTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private ConsoleRig start(String namespace) throws IOException {
        return new ConsoleRig(KAFKA.bootstrapServers(), namespace, REDIS.url(), Map.of());
    }

    @Test
    void everyAnswerHasTheShapeOfItsFixture() throws Exception {
        try (ConsoleRig rig = start(KAFKA.namespace())) {
            rig.know(ConsoleRig.ANN);
            Await.until("the topics are there", () -> state(rig, "kafka").equals("ok"));
            rig.produce(List.of(
                    rig.item("film"),
                    rig.item("item-11"),
                    rig.letter("user-7", "{\"event_id\":\"e-1\"}", "MISSING_FIELD"),
                    rig.fixture("alarms.json", "/open/0"),
                    rig.fixture("alarms.json", "/closed/0"),
                    rig.registryEvent("PROMOTED", "1")));
            for (int step = 0; step < 3; step++) {
                rig.services.learn(100);
                long samples = 1_100 + step * 100L;
                Await.until("it is seen", () -> newest(rig.json("/api/quality")) >= samples);
            }
            Await.until(
                    "the letter is known",
                    () -> rig.json("/api/dead-letters").path("total").asLong() == 1);
            Await.until(
                    "the alarms are known",
                    () -> rig.json("/api/alarms").path("closed").size() == 1);
            Await.until(
                    "the versions are known",
                    () -> rig.json("/api/deployments").path("versions").size() == 2);
            Await.until(
                    "the audit is known",
                    () -> rig.json("/api/deployments").path("events").size() == 1);
            Await.until(
                    "the cost is known",
                    () -> rig.json("/api/signals")
                            .toString()
                            .contains(
                                    "language_model_cost\",\"group\":\"cost\",\"label\":\"money for a thousand events\",\"unit\":\"currency\",\"points\":[{"));

            Await.until("titles are known", () -> rig.json("/api/users/ann")
                    .path("stored_scores")
                    .path(0)
                    .has("title"));

            same("health.json", rig.json("/api/health"), Set.of());
            same("quality.json", rig.json("/api/quality"), Set.of());
            same("gate.json", rig.json("/api/gate"), Set.of());
            same("signals.json", rig.json("/api/signals"), Set.of());
            same("alarms.json", rig.json("/api/alarms"), Set.of());
            same("deployments.json", rig.json("/api/deployments"), Set.of());
            same("why.json", rig.json("/api/deployments/1/why"), Set.of(".lineage[]: STRING"));
            same("diff.json", rig.json("/api/deployments/diff?from=1&to=2"), Set.of());
            same(
                    "user.json",
                    rig.json("/api/users/ann"),
                    Set.of(".problems[].part: STRING", ".problems[].message: STRING"));
            String id = rig.json("/api/dead-letters")
                    .path("letters")
                    .path(0)
                    .path("id")
                    .asText();
            String replay =
                    "{\"confirm\":\"replay 2\",\"ids\":[\"" + id + "\",\"" + id.replace("-0-0", "-0-99") + "\"]}";
            same("replayed.json", posted(rig, "/api/dead-letters/replay", replay), Set.of());
            Await.until(
                    "it is known to be replayed",
                    () -> rig.json("/api/dead-letters").toString().contains("\"replayed\":\"2"));
            same("dead-letters.json", rig.json("/api/dead-letters"), Set.of());
            String bearer = "Bearer " + FakeServices.TOKEN;
            same(
                    "promoted.json",
                    posted(
                            rig,
                            "/api/deployments/2/promote",
                            "{\"confirm\":\"promote ctr 2\",\"why\":\"better\"}",
                            bearer),
                    Set.of());
            same(
                    "rolled-back.json",
                    posted(rig, "/api/deployments/rollback", "{\"confirm\":\"roll back ctr\"}", bearer),
                    Set.of());
            same(
                    "approved.json",
                    posted(
                            rig,
                            "/api/deployments/2/approve",
                            "{\"confirm\":\"approve ctr 2\",\"approved\":true}",
                            bearer),
                    Set.of());
            same("problem.json", posted(rig, "/api/deployments/rollback", "{\"confirm\":\"yes\"}", bearer), Set.of());
        }
    }

    private static String state(ConsoleRig rig, String part) {
        for (JsonNode one : rig.json("/api/health").path("parts")) {
            if (one.path("name").asText().equals(part)) {
                return one.path("state").asText();
            }
        }
        return "";
    }

    private static long newest(JsonNode quality) {
        JsonNode points = quality.path("strata").path("overall");
        return points.path(points.size() - 1).path("samples").asLong();
    }

    private static JsonNode posted(ConsoleRig rig, String path, String body, String... bearer) {
        return ConsoleRig.tree((bearer.length == 0
                        ? rig.post(path, body, "Content-Type", "application/json")
                        : rig.post(path, body, "Content-Type", "application/json", "Authorization", bearer[0]))
                .body());
    }

    /** @param absent fields of the fixture that nothing here makes */
    private static void same(String fixture, JsonNode answer, Set<String> absent) throws IOException {
        try (var in = ContractTest.class.getResourceAsStream("/fixtures/" + fixture)) {
            assertThat(in).as(fixture).isNotNull();
            Set<String> wanted =
                    new TreeSet<>(Shape.of(ConsoleRig.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8))));
            wanted.removeAll(absent);

            assertThat(Shape.of(answer)).as(fixture + " and " + answer).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    /** The judge judges: a field more, one less, and another kind of value are each seen. */
    @Test
    void aChangedAnswerHasAnotherShape() {
        ObjectNode answer =
                (ObjectNode) ConsoleRig.tree("{\"strata\":{\"overall\":[{\"auc\":0.8}]},\"since\":\"now\"}");
        Set<String> shape = Shape.of(answer);

        assertThat(Shape.of(answer.deepCopy().put("more", 1))).isNotEqualTo(shape);
        assertThat(Shape.of(answer.deepCopy().put("since", 1))).isNotEqualTo(shape);
        assertThat(Shape.of(ConsoleRig.tree("{\"strata\":{\"cold\":[{\"auc\":0.7}]},\"since\":\"later\"}")))
                .isEqualTo(shape);
        assertThat(Shape.of(ConsoleRig.tree("{\"strata\":{\"overall\":[{}]},\"since\":\"now\"}")))
                .isNotEqualTo(shape);
    }
}
