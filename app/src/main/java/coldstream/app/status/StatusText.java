package coldstream.app.status;

import coldstream.app.Columns;
import coldstream.console.observe.Spoken;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The console's answer for people. */
final class StatusText {

    private StatusText() {}

    static String of(JsonNode health) {
        List<List<String>> parts = new ArrayList<>();
        health.path("parts")
                .forEach(part -> parts.add(List.of(
                        part.path("name").asText(),
                        part.path("state").asText(),
                        seconds(part.path("freshness_seconds")),
                        part.path("since").asText("-"),
                        part.path("message").asText())));
        var text = new StringBuilder();
        text.append("model %s is %s, champion %s%n"
                .formatted(
                        health.path("model").asText(),
                        health.path("state").asText(),
                        health.path("champion").asText("none yet")));
        JsonNode freeze = health.path("freeze");
        if (freeze.isObject()) {
            text.append("promotion is frozen: %s, until %s%n"
                    .formatted(
                            freeze.path("reason").asText(), freeze.path("until").asText("somebody ends it")));
        }
        text.append(System.lineSeparator())
                .append(Columns.of(List.of("part", "state", "freshness", "since", ""), parts));
        return text.append(System.lineSeparator()).append(alarms(health)).toString();
    }

    private static String alarms(JsonNode health) {
        int open = health.path("alarms").path("open").asInt();
        if (open == 0) {
            return "no open alarms" + System.lineSeparator();
        }
        List<List<String>> rows = new ArrayList<>();
        health.path("open_alarms")
                .forEach(alarm -> rows.add(List.of(
                        alarm.path("severity").asText().toLowerCase(Locale.ROOT),
                        alarm.path("opened_at").asText(alarm.path("time").asText()),
                        alarm.path("layer").asText().toLowerCase(Locale.ROOT) + "/"
                                + alarm.path("signal").asText() + "/"
                                + alarm.path("stratum").asText(),
                        alarm.path("headline").asText(alarm.path("message").asText()))));
        String more = open > rows.size() ? "and %d more%n".formatted(open - rows.size()) : "";
        return Columns.of(List.of("alarm", "since", "signal", ""), rows) + more + advice(health);
    }

    /** Where to look, and what was done already. */
    private static String advice(JsonNode health) {
        var text = new StringBuilder();
        health.path("open_alarms").forEach(alarm -> {
            String advice = alarm.path("advice").asText();
            List<String> done = new ArrayList<>();
            alarm.path("actions").forEach(action -> done.add(action.path("said").asText()));
            if (!advice.isEmpty() || !done.isEmpty()) {
                text.append("%n%s%n".formatted(alarm.path("headline").asText()));
                text.append(advice.isEmpty() ? "" : "  look at %s%n".formatted(advice));
                done.forEach(one -> text.append("  %s%n".formatted(one)));
            }
        });
        return text.toString();
    }

    private static String seconds(JsonNode node) {
        return node.isNumber() ? Spoken.seconds(node.asDouble()) : "-";
    }
}
