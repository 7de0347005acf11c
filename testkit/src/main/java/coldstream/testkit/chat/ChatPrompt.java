package coldstream.testkit.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question as a model would see it, whatever prompt it was put in: texts in JSON, candidates behind labels c1, c2, ….
 *
 * @param before everything up to the first candidate: the history
 * @param candidates text by label, in the order shown; where no label is shown, the last JSON value is the one candidate
 * @param loose what stands outside every JSON string, which is where a model looks for orders
 */
public record ChatPrompt(String before, Map<String, String> candidates, String loose) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String STRING = "\"(?:[^\"\\\\]|\\\\.)*+\"";
    private static final String OBJECT = "\\{(?:" + STRING + "|[^{}\"])*+}";
    private static final Pattern VALUE = Pattern.compile(OBJECT + "|" + STRING);
    private static final Pattern LABELLED =
            Pattern.compile("\"?\\b(c[1-9][0-9]{0,2})\\b\"?\\s*:?\\s*(" + OBJECT + "|" + STRING + ")");
    private static final Pattern PLAIN = Pattern.compile("(?m)^(c[1-9][0-9]{0,2})[:. ]+(.*)$");

    static ChatPrompt read(String question) {
        Map<String, String> candidates = new LinkedHashMap<>();
        int first = question.length();
        for (Pattern pattern : List.of(LABELLED, PLAIN)) {
            Matcher matcher = pattern.matcher(question);
            while (matcher.find()) {
                if (candidates.putIfAbsent(matcher.group(1), words(matcher.group(2))) == null) {
                    first = Math.min(first, matcher.start());
                }
            }
        }
        if (candidates.isEmpty()) {
            Matcher matcher = VALUE.matcher(question);
            while (matcher.find()) {
                first = matcher.start();
                candidates.put("c1", words(matcher.group()));
            }
        }
        String loose = question.replaceAll(STRING, "\"\"");
        return new ChatPrompt(question.substring(0, first), candidates, loose);
    }

    /** The labels in the order shown. */
    public List<String> labels() {
        return new ArrayList<>(candidates.keySet());
    }

    /** The texts in a JSON value; the text itself where it is none. */
    private static String words(String value) {
        try {
            JsonNode node = MAPPER.readTree(value);
            if (node.isTextual()) {
                return node.asText();
            }
            StringBuilder text = new StringBuilder();
            node.elements().forEachRemaining(element -> text.append(element.asText())
                    .append(element.isArray() ? element.toString() : "")
                    .append(' '));
            return text.toString().strip();
        } catch (JsonProcessingException e) {
            return value;
        }
    }
}
