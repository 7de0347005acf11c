package coldstream.console.topics;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmWordsTest {

    /** What the documentation names beside the signals of the outcome. */
    private static final List<String> STRATA = List.of("overall", "cold", "tail", "new_item", "warm_head");

    private static JsonNode alarm(String json) throws IOException {
        return AlarmWords.told(Json.mapper().readTree(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "outcome | auc | cold | 0.6 | 0.7 | 12 | Ranking of cold users is worse than when version 12 learnt",
                "outcome | auc | all | 0.8 | 0.7 | 12 | Ranking is better than when version 12 learnt",
                "input | label | all | 0.4 | 1.0 | | A smaller share of events is positive than before",
                "guidance | alpha | cold_tail | 0.1 | 0.4 | | Trust in the language model for cold tail is lower than before",
                "outcome | live_against_champion | all | -0.1 | 0 | 3 | The weights that learn rank worse than the champion",
                "input | colour_of_hair | all | 2 | 1 | | Colour of hair is higher than before"
            })
    void theHeadlineSaysWhatHappenedToWhomAgainstWhat(
            String layer,
            String signal,
            String stratum,
            double value,
            double expected,
            String reference,
            String headline)
            throws IOException {
        String against = reference == null ? "" : "\"reference_version\":\"" + reference + "\",";
        JsonNode told = alarm("{\"layer\":\"%s\",\"signal\":\"%s\",\"stratum\":\"%s\",%s\"value\":%s,\"expected\":%s}"
                .formatted(layer, signal, stratum, against, value, expected));

        assertThat(told.path("headline").asText()).isEqualTo(headline);
    }

    @ParameterizedTest
    @CsvSource({
        "freeze-promotion, started, promotion is frozen",
        "freeze-promotion, ended, promotion is free again",
        "raise-rates, failed, failed: learning rates are raised",
        "roll-back, cooling, not again so soon: the champion before serves again",
        "something-new, started, something new"
    })
    void anActionIsSaidAsWhatItDid(String name, String outcome, String said) throws IOException {
        JsonNode told = alarm("{\"actions\":[{\"name\":\"" + name + "\",\"outcome\":\"" + outcome + "\"}]}");

        assertThat(told.path("actions").path(0).path("said").asText()).isEqualTo(said);
    }

    @Test
    void anAlarmOfNothingKnownKeepsItsMessage() throws IOException {
        assertThat(alarm("{\"message\":\"it drifts\"}").path("headline").asText())
                .isEqualTo("it drifts");
    }

    /** The page that lists the signals for people is the oracle; it shares nothing with the words. */
    @Test
    void everySignalOfTheDocumentationHasWordsAndAPlaceToLook() throws IOException {
        var missing = new TreeSet<String>();
        for (String[] signal : documented()) {
            JsonNode told = alarm("{\"layer\":\"%s\",\"signal\":\"%s\",\"stratum\":\"all\",\"value\":1,\"expected\":2}"
                    .formatted(signal[0], signal[1]));
            if (told.path("advice").asText().isEmpty()) {
                missing.add(signal[0] + "/" + signal[1]);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static List<String[]> documented() throws IOException {
        String layer = "";
        Stream.Builder<String[]> signals = Stream.builder();
        for (String line : Files.readAllLines(Path.of("../docs/monitoring.md"))) {
            if (line.startsWith("| detector ")) {
                break;
            }
            Matcher row = Pattern.compile("\\| (input|prediction|outcome|guidance|freshness|) ?\\| (.*?) \\|.*")
                    .matcher(line);
            if (row.matches()) {
                layer = row.group(1).isEmpty() ? layer : row.group(1);
                // What stands before the first of these is a list of names; after it, they are explained.
                for (String part : row.group(2).split("[;,]|\\band\\b", -1)) {
                    Matcher name = Pattern.compile(" *`([a-z_]+)`.*").matcher(part);
                    if (name.matches() && !(layer.equals("outcome") && STRATA.contains(name.group(1)))) {
                        signals.add(new String[] {layer, name.group(1)});
                    }
                }
            }
        }
        List<String[]> all = signals.build().toList();
        assertThat(all).hasSizeGreaterThan(20);
        return all;
    }
}
