package coldstream.scorer.model;

import coldstream.wire.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A language model's answer, read by fixed rules and never guessed at.
 *
 * <ul>
 *   <li>It is a JSON list of {@code {"id","score"}}, or an object with such a list as {@code scores}; a code fence around it
 *       is ignored.
 *   <li>An entry counts if its id is a label that was asked and its score a JSON number in [0, 1]; any other entry is left
 *       out. A word, a percentage or a NaN is no score.
 *   <li>The score of a candidate with several entries is their mean.
 *   <li>Fewer than 60 % of the candidates scored, or more than 64 KiB, is no answer.
 * </ul>
 */
sealed interface ScoreReply {

    int MAX_CHARACTERS = 64 * 1024;

    Pattern LABEL = Pattern.compile("c[1-9][0-9]{0,2}");

    /** @param scores in [0, 1], one per candidate; NaN where it gave none */
    record Answered(List<Double> scores) implements ScoreReply {}

    record Unreadable(String why) implements ScoreReply {}

    static ScoreReply read(String text, int candidates) {
        if (text.length() > MAX_CHARACTERS) {
            return new Unreadable(
                    "an answer must have at most " + MAX_CHARACTERS + " characters, got " + text.length());
        }
        JsonNode entries;
        try {
            JsonNode root = Json.mapper().readTree(withoutFence(text));
            entries = root.isObject() ? root.path("scores") : root;
        } catch (JsonProcessingException e) {
            return new Unreadable("an answer must be JSON");
        }
        if (!entries.isArray()) {
            return new Unreadable("an answer must be a list of scores");
        }
        return mean(entries, candidates);
    }

    private static ScoreReply mean(JsonNode entries, int candidates) {
        double[] sums = new double[candidates];
        int[] counts = new int[candidates];
        for (JsonNode entry : entries) {
            int index = index(entry.path("id").asText(), candidates);
            JsonNode score = entry.path("score");
            if (index >= 0 && score.isNumber() && score.doubleValue() >= 0 && score.doubleValue() <= 1) {
                sums[index] += score.doubleValue();
                counts[index]++;
            }
        }
        long answered = Arrays.stream(counts).filter(count -> count > 0).count();
        if (answered * 10 < candidates * 6L) {
            return new Unreadable("an answer must score 60 % of the candidates, got " + answered + " of " + candidates);
        }
        List<Double> scores = new ArrayList<>(candidates);
        for (int i = 0; i < candidates; i++) {
            scores.add(counts[i] == 0 ? Double.NaN : sums[i] / counts[i]);
        }
        return new Answered(scores);
    }

    /** The candidate of this label, or −1. */
    private static int index(String label, int candidates) {
        if (!LABEL.matcher(label).matches()) {
            return -1;
        }
        int index = Integer.parseInt(label.substring(1)) - 1;
        return index < candidates ? index : -1;
    }

    private static String withoutFence(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("```") || !stripped.endsWith("```") || stripped.indexOf('\n') < 0) {
            return stripped;
        }
        return stripped.substring(stripped.indexOf('\n') + 1, stripped.length() - 3);
    }
}
