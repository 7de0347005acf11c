package coldstream.scorestore;

import coldstream.domain.ScoreStore.StoredScore;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.wire.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One stored score as JSON, {@code {"time":"2026-01-31T12:00:00.000Z","score":0.7,"request":"r1","model":"m","version":4}}, and
 * {@code "hidden":true} behind it for the item an audit hid.
 *
 * <p>The time comes first and has one fixed width, so that the script that writes can compare without a JSON parser.
 */
final class StoredScoreFormat {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private StoredScoreFormat() {}

    /** The arguments of the writing script: time to live, bound, time, then item and value in turn. */
    static List<String> arguments(SoftScores answer, long ttlMillis, int bound) {
        String time = TIME.format(answer.scoredAt());
        String head = "{\"time\":\"" + time + "\",\"score\":";
        String tail = ",\"request\":" + quote(answer.requestId()) + ",\"model\":" + quote(answer.model())
                + ",\"version\":" + answer.historyVersion();
        List<String> arguments = new ArrayList<>(3 + 2 * answer.scores().size());
        arguments.add(Long.toString(ttlMillis));
        arguments.add(Integer.toString(bound));
        arguments.add(time);
        for (ItemScore score : answer.scores()) {
            arguments.add(score.item().value());
            boolean hidden = answer.hidden().filter(score.item()::equals).isPresent();
            arguments.add(head + score.score() + tail + (hidden ? ",\"hidden\":true}" : "}"));
        }
        return arguments;
    }

    /** Nothing if the text is no stored score: somebody else's value is left out, not guessed at. */
    static Optional<StoredScore> read(String text) {
        try {
            JsonNode json = Json.mapper().readTree(text);
            if (!json.path("score").isNumber()) {
                return Optional.empty();
            }
            return Optional.of(new StoredScore(
                    json.path("score").doubleValue(),
                    json.path("request").asText(),
                    json.path("model").asText(),
                    Instant.parse(json.path("time").asText()),
                    json.path("version").asLong(-1),
                    json.path("hidden").asBoolean()));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String quote(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
