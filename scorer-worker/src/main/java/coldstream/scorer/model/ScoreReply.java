package coldstream.scorer.model;

import coldstream.wire.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A language model's answer, read by fixed rules and never guessed at.
 *
 * <ul>
 *   <li>It is a JSON list of entries, or an object with such a list as {@code scores}. A code fence around it and a leading
 *       {@code <think>} block are dropped; any other text makes it no answer, in whatever language.
 *   <li>An entry counts if it {@linkplain Grounding names a candidate} with a JSON number in [0, 1]; any
 *       other entry is left out. A word, a percentage, an infinity or a digit of another script is no score.
 *   <li>The score of a candidate with several entries is their mean.
 *   <li>More than a fifth of the entries about something else, fewer than 60 % of the candidates scored, or more than 64 KiB
 *       is no answer.
 * </ul>
 *
 * @param reading what the answer came to as a whole
 * @param why for people, where it is no answer
 * @param scores in [0, 1], one per candidate, NaN where it gave none; empty where it is no answer
 * @param entries how many entries came to what
 */
record ScoreReply(Reading reading, String why, List<Double> scores, Map<Entry, Integer> entries) {

    static final int MAX_CHARACTERS = 64 * 1024;

    private static final Pattern THOUGHT = Pattern.compile("^<think>.*?</think>", Pattern.DOTALL);

    /** What an answer came to; a closed set, for metrics. */
    enum Reading {
        READ,
        TOO_LARGE,
        EMPTY,
        HTML,
        NOT_JSON,
        NO_LIST,
        /** Names too much that is not among the candidates. */
        UNGROUNDED,
        TOO_FEW;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an entry came to; a closed set, for metrics. */
    enum Entry {
        SCORED,
        /** A score for a candidate that had one already: both count. */
        DUPLICATE,
        UNGROUNDED,
        NOT_A_NUMBER,
        OUT_OF_RANGE,
        MALFORMED;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ScoreReply {
        scores = List.copyOf(scores);
        entries = Map.copyOf(entries);
    }

    boolean answered() {
        return reading == Reading.READ;
    }

    /** @param titles of the candidates as shown, in their order */
    static ScoreReply read(String text, List<String> titles) {
        if (text.length() > MAX_CHARACTERS) {
            return none(
                    Reading.TOO_LARGE,
                    "an answer must have at most " + MAX_CHARACTERS + " characters, got " + text.length());
        }
        String json = unwrapped(text);
        if (json.isEmpty()) {
            return none(Reading.EMPTY, "an answer must not be empty");
        }
        if (json.startsWith("<")) {
            return none(Reading.HTML, "an answer must be JSON, got markup");
        }
        JsonNode entries;
        try {
            JsonNode root = Json.mapper().readTree(json);
            entries = root.isObject() ? root.path("scores") : root;
        } catch (JsonProcessingException e) {
            return none(Reading.NOT_JSON, "an answer must be JSON");
        }
        if (!entries.isArray()) {
            return none(Reading.NO_LIST, "an answer must be a list of scores");
        }
        return new Count(new Grounding(titles)).of(entries);
    }

    private static ScoreReply none(Reading reading, String why) {
        return new ScoreReply(reading, why, List.of(), Map.of());
    }

    /** What follows the block in which some models think aloud. */
    static String withoutThought(String text) {
        return THOUGHT.matcher(text.strip()).replaceFirst("").strip();
    }

    private static String unwrapped(String text) {
        String stripped = withoutThought(text);
        if (!stripped.startsWith("```") || !stripped.endsWith("```") || stripped.indexOf('\n') < 0) {
            return stripped;
        }
        return stripped.substring(stripped.indexOf('\n') + 1, stripped.length() - 3)
                .strip();
    }

    /** Adds entries up. */
    private static final class Count {

        private final Grounding grounding;
        private final double[] sums;
        private final int[] counts;
        private final Map<Entry, Integer> entries = new EnumMap<>(Entry.class);

        Count(Grounding grounding) {
            this.grounding = grounding;
            this.sums = new double[grounding.titles().size()];
            this.counts = new int[sums.length];
        }

        ScoreReply of(JsonNode list) {
            list.forEach(entry -> entries.merge(add(entry), 1, Integer::sum));
            int strays = entries.getOrDefault(Entry.UNGROUNDED, 0);
            if (strays * 5 > list.size()) {
                return new ScoreReply(
                        Reading.UNGROUNDED,
                        "an answer must be about the candidates, got " + strays + " of " + list.size()
                                + " about others",
                        List.of(),
                        entries);
            }
            List<Double> scores = new ArrayList<>(sums.length);
            int answered = 0;
            for (int i = 0; i < sums.length; i++) {
                answered += counts[i] > 0 ? 1 : 0;
                scores.add(counts[i] == 0 ? Double.NaN : sums[i] / counts[i]);
            }
            if (answered * 10 < sums.length * 6) {
                return new ScoreReply(
                        Reading.TOO_FEW,
                        "an answer must score 60 % of the candidates, got " + answered + " of " + sums.length,
                        List.of(),
                        entries);
            }
            return new ScoreReply(Reading.READ, "", scores, entries);
        }

        private Entry add(JsonNode entry) {
            if (!entry.isObject()) {
                return Entry.MALFORMED;
            }
            int index = grounding.candidate(entry);
            if (index == Grounding.NONE) {
                return Entry.UNGROUNDED;
            }
            JsonNode score = entry.path("score");
            if (!score.isNumber()) {
                return Entry.NOT_A_NUMBER;
            }
            double value = score.doubleValue();
            if (!(value >= 0 && value <= 1)) {
                return Entry.OUT_OF_RANGE;
            }
            sums[index] += value;
            counts[index]++;
            return counts[index] == 1 ? Entry.SCORED : Entry.DUPLICATE;
        }
    }
}
