package coldstream.app.evaluate.drift;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.evaluate.EvaluateCommand;
import coldstream.app.evaluate.InThisProcess;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The protocol as a user runs it, with what needs no text encoder. */
final class DriftProtocolTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aSuddenDriftIsNoticedAndNothingIsSaidOfEventsBeforeIt() throws IOException {
        Path json = folder.resolve("drift.json");
        Path chart = folder.resolve("drift.svg");

        int status = evaluate("--drift", "sudden@0.6", "--out", json.toString(), "--chart", chart.toString());

        assertThat(status).as(err.toString()).isZero();
        JsonNode result = Json.mapper().readTree(json.toFile());
        JsonNode streams = result.get("streams");
        assertThat(streams).hasSize(2);
        assertThat(streams.get(0).has("change")).isFalse();
        assertThat(streams.get(1).at("/change/first_event").asInt()).isEqualTo(2_401);
        List<String> before = alarms(streams.get(0), 2_400);
        assertThat(alarms(streams.get(1), 2_400)).as("the same stream so far").isEqualTo(before);
        assertThat(alarms(streams.get(1), 4_000)).isNotEqualTo(alarms(streams.get(0), 4_000));
        assertThat(found(result, "bare-adwin")).as("events of delay").isBetween(0, 1_200);
        assertThat(Files.readString(chart)).contains("it changes", "AUC, sudden");
        assertThat(out.toString()).contains("| sudden@0.6-0.6 | ").contains("false alarms a day");
    }

    @Test
    void anActionBeginsWithAnAlarmAndIsComparedOnTheSameEvents() throws IOException {
        Path json = folder.resolve("drift.json");

        int status = evaluate(
                "--drift",
                "broken-field@0.7",
                "--action",
                "rules,reset-gate",
                "--monitor",
                "drift.rules=input=raise-rates",
                "--monitor",
                "trainer.watch.window=200",
                "--monitor",
                "drift.raise-samples=500",
                "--out",
                json.toString());

        assertThat(status).as(err.toString()).isZero();
        JsonNode streams = Json.mapper().readTree(json.toFile()).get("streams");
        JsonNode arms = streams.get(1).get("arms");
        assertThat(arms).hasSize(3);
        assertThat(arms.get(0).get("actions")).isEmpty();
        int alarm = firstOfTheInput(arms.get(0));
        assertThat(alarm).as("event").isGreaterThan(800);
        assertThat(arms.get(1).at("/actions/0/event").asInt()).isEqualTo(alarm);
        assertThat(arms.get(1).get("auc_after").asDouble())
                .as("rates make a difference")
                .isNotEqualTo(arms.get(0).get("auc_after").asDouble());
        assertThat(arms.get(2).get("actions"))
                .as("without guidance none of its signals alarms")
                .isEmpty();
        assertThat(arms.get(2).get("auc_after").asDouble())
                .isEqualTo(arms.get(0).get("auc_after").asDouble());
    }

    private static int firstOfTheInput(JsonNode arm) {
        for (JsonNode alarm : arm.get("alarms")) {
            if (!alarm.get("detector").asText().startsWith("bare-")
                    && alarm.get("layer").asText().equals("input")
                    && alarm.get("event").asInt() > 800) {
                return alarm.get("event").asInt();
            }
        }
        return -1;
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        assertThat(evaluate("--action", "pray")).isEqualTo(2);
        assertThat(err.toString()).startsWith("an action must be one of [nothing, rules, raise-rates,");
        err.getBuffer().setLength(0);
        assertThat(evaluate("--drift", "quake")).isEqualTo(2);
        assertThat(err.toString()).contains("a drift must be one of [sudden,");
        err.getBuffer().setLength(0);
        assertThat(evaluate("--horizon", "0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("horizon must be above 0");
    }

    private static List<String> alarms(JsonNode stream, int upTo) {
        return java.util.stream.StreamSupport.stream(stream.at("/arms/0/alarms").spliterator(), false)
                .filter(alarm -> alarm.get("event").asInt() <= upTo)
                .map(JsonNode::toString)
                .toList();
    }

    private static int found(JsonNode result, String detector) {
        for (JsonNode one : result.get("detections")) {
            if (one.get("detector").asText().equals(detector)) {
                return one.get("events").asInt(-1);
            }
        }
        return -1;
    }

    private int evaluate(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "--protocol",
                "drift",
                "--data",
                "simulated-shop:4000",
                "--guidance",
                "none",
                "--item-rows",
                "random",
                "--learner",
                "dimension=8"));
        if (!List.of(arguments).contains("--action")) {
            all.addAll(List.of("--action", "nothing"));
        }
        all.addAll(List.of(arguments));
        var protocol = new DriftProtocol((parallel, memory, keep) -> new InThisProcess(List.of(new DriftWork())));
        return new CommandLine(new EvaluateCommand(List.of(protocol)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
