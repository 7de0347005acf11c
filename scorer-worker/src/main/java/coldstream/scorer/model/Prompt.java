package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a language model is asked, in one version.
 *
 * <p>Candidates carry the labels c1, c2, … in the order shown: short to answer with, and saying nothing. Item texts go in as
 * JSON strings, so that a title cannot break out of its list.
 *
 * @param version stored with every score
 * @param instruction the system message
 * @param template the user message, with places {@code {history}} and then {@code {candidates}}
 */
record Prompt(String version, String instruction, String template) {

    private static final int MAX_TEXT = 160;

    /** The version that ships with the product. */
    static Prompt scoreV1() {
        String name = "score-v1";
        try (InputStream resource = Prompt.class.getResourceAsStream(name + ".txt")) {
            if (resource == null) {
                throw new IllegalStateException("no such prompt: " + name);
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = text.split("\n---\n", 2);
            return new Prompt(name, parts[0].strip(), parts[1]);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the prompt " + name, e);
        }
    }

    /** The label of the candidate at this index. */
    static String label(int index) {
        return "c" + (index + 1);
    }

    String user(List<Item> history, List<Item> candidates) {
        ArrayNode chosen = Json.mapper().createArrayNode();
        history.forEach(item -> chosen.add(shortened(item)));
        ObjectNode asked = Json.mapper().createObjectNode();
        for (int i = 0; i < candidates.size(); i++) {
            asked.put(label(i), shortened(candidates.get(i)));
        }
        // One pass: a title that contains a place's name is not taken for the place.
        String[] between = template.split("\\{(history|candidates)}", 3);
        return between[0] + chosen + between[1] + asked + between[2];
    }

    private static String shortened(Item item) {
        String text = item.text();
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
