package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.textencoder.TextHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a language model is asked, in one version: a resource file of this package, which never changes once it was released.
 *
 * <p>Item texts are JSON strings on lines of their own, between two lines with a code that hangs on the texts shown, so that
 * no text can close its quotation marks or the block.
 *
 * @param version name of the file; stored with every score
 * @param instruction the system message, the same for every request
 * @param template the user message, with places in braces
 */
public record Prompt(String version, String instruction, String template) {

    private static final Pattern PLACE = Pattern.compile("\\{(fence|history|candidates|candidate|last)}");
    private static final int FENCE = 8;

    /** Asks for a JSON list of scores. */
    public static Prompt scores() {
        return load("score-v2");
    }

    /** Asks whether one candidate will be chosen, yes or no. */
    public static Prompt choice() {
        return load("choose-v1");
    }

    private static Prompt load(String version) {
        try (InputStream resource = Prompt.class.getResourceAsStream(version + ".txt")) {
            if (resource == null) {
                throw new IllegalStateException("no such prompt: " + version);
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = text.split("\n---\n", 2);
            return new Prompt(version, parts[0].strip(), parts[1].strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the prompt " + version, e);
        }
    }

    /** The user message about all candidates, letter by letter as a list scorer sends it. */
    public String question(List<Item> history, List<Item> candidates) {
        return aboutAll(Facets.ofAll(history), Facets.ofAll(candidates));
    }

    /** The user message about all candidates, which get the labels c1, c2, … in this order. */
    String aboutAll(List<Facets> history, List<Facets> candidates) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < candidates.size(); i++) {
            shown.append(i == 0 ? "" : "\n")
                    .append(Label.of(i))
                    .append(' ')
                    .append(candidates.get(i).json());
        }
        String chosen = lines(history);
        return filled(Map.of(
                "fence", fence(chosen + shown),
                "history", chosen,
                "candidates", shown.toString(),
                "last", Label.of(candidates.size() - 1)));
    }

    /** The user message about one candidate; up to the candidate it is the same for all of a history. */
    String aboutOne(List<Facets> history, Facets candidate) {
        String chosen = lines(history);
        return filled(Map.of("fence", fence(chosen), "history", chosen, "candidate", candidate.json()));
    }

    private static String lines(List<Facets> items) {
        return items.stream().map(Facets::json).collect(Collectors.joining("\n"));
    }

    private static String fence(String shown) {
        return TextHash.of(shown).substring(0, FENCE);
    }

    /** In one pass: a text that contains a place's name is not taken for the place. */
    private String filled(Map<String, String> values) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }
}
