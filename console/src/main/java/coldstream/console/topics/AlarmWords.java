package coldstream.console.topics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Says an alarm in words for somebody who was woken by it: what happened, where to look first, and what was done by itself. An
 * alarm of a signal without words here gets plain ones.
 */
final class AlarmWords {

    private static final String TABLE = "alarm-words.txt";

    /** What an action does, while it lasts and once it is over. */
    private static final Map<String, List<String>> ACTIONS = Map.of(
            "freeze-promotion", List.of("promotion is frozen", "promotion is free again"),
            "raise-rates", List.of("learning rates are raised", "learning rates are as before"),
            "reset-gate", List.of("trust in the language model begins anew", "trust in the language model began anew"),
            "fresh-scores", List.of("fresh scores are asked for", "fresh scores were asked for"),
            "roll-back", List.of("the champion before serves again", "the champion before serves again"));

    private static final Map<String, String> STRATA = Map.of(
            "cold", " of cold users",
            "tail", " of tail items",
            "new_item", " of new items",
            "warm_head", " of warm users and popular items",
            "drawn", " of items drawn by chance");

    private static final Map<String, Words> WORDS = words();

    private record Words(String rose, String fell, String look) {}

    private AlarmWords() {}

    private static Map<String, Words> words() {
        Map<String, Words> words = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(AlarmWords.class.getResourceAsStream(TABLE), TABLE)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" \\| ", -1)))
                    .forEach(cells -> words.put(cells.get(0), new Words(cells.get(1), cells.get(2), cells.get(3))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    /** The alarm with {@code headline}, {@code advice} where there is one, and each action with {@code said}. */
    static JsonNode told(JsonNode alarm) {
        if (!(alarm instanceof ObjectNode bare)) {
            return alarm;
        }
        ObjectNode told = bare.deepCopy();
        told.path("actions").forEach(action -> {
            if (action instanceof ObjectNode one) {
                one.put("said", said(one));
            }
        });
        if (!alarm.path("value").isNumber() || !alarm.path("signal").isTextual()) {
            return told.put("headline", alarm.path("message").asText(""));
        }
        String name = alarm.path("layer").asText("").toLowerCase(Locale.ROOT) + "/"
                + alarm.path("signal").asText("");
        String plain = plain(alarm.path("signal").asText());
        Words words = WORDS.getOrDefault(name, new Words(plain + "{} is higher", plain + "{} is lower", ""));
        boolean rose = alarm.path("value").asDouble() >= alarm.path("expected").asDouble();
        String sentence = (rose ? words.rose() : words.fell()).replace("{}", stratum(alarm));
        told.put(
                "headline",
                sentence.endsWith(".")
                        ? sentence.substring(0, sentence.length() - 1)
                        : sentence + " than " + reference(alarm));
        if (!words.look().isEmpty()) {
            told.put("advice", words.look());
        }
        return told;
    }

    private static String reference(JsonNode alarm) {
        String version = alarm.path("reference_version").asText("");
        return version.isEmpty() ? "before" : "when version " + version + " learnt";
    }

    private static String stratum(JsonNode alarm) {
        String stratum = alarm.path("stratum").asText("all");
        boolean whole = stratum.equals("all") || stratum.equals("overall");
        return whole ? "" : STRATA.getOrDefault(stratum, " for " + stratum.replace('_', ' '));
    }

    private static String plain(String signal) {
        String words = signal.replace('_', ' ');
        return words.substring(0, Math.min(1, words.length())).toUpperCase(Locale.ROOT)
                + words.substring(Math.min(1, words.length()));
    }

    private static String said(JsonNode action) {
        String name = action.path("name").asText("");
        List<String> does = ACTIONS.getOrDefault(name, List.of(name.replace('-', ' '), name.replace('-', ' ')));
        return switch (action.path("outcome").asText("")) {
            case "started" -> does.get(0);
            case "ended" -> does.get(1);
            case "pending" -> "on its way: " + does.get(0);
            case "failed" -> "failed: " + does.get(0);
            case "cooling" -> "not again so soon: " + does.get(0);
            case "off" -> "turned off: " + does.get(0);
            default -> name.replace('-', ' ') + ": " + action.path("outcome").asText("");
        };
    }
}
