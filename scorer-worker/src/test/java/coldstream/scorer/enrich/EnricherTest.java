package coldstream.scorer.enrich;

import static coldstream.scorer.Items.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
import coldstream.domain.ItemId;
import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.domain.LanguageModelWriter;
import coldstream.scorer.enrich.Enricher.Answered;
import coldstream.scorer.enrich.Enricher.NotAnswered;
import coldstream.scorer.enrich.EnrichmentRule.Due;
import coldstream.textencoder.TextHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnricherTest {

    private static final Usage ONE_CALL = new Usage(50, 20, 1, Duration.ofMillis(3));
    private static final EnrichmentRule RULE = new EnrichmentRule(12);
    private static final String WORDS =
            "{\"paraphrase\":\"Ran, a war film\",\"tags\":[\"samurai\",\"war\"],\"category\":\"film\"}";

    private static Item titled(String title, String... kinds) {
        return new Item(new ItemId("ran"), title, List.of(kinds), Optional.empty(), Optional.empty(), Map.of());
    }

    private static Enricher saying(LanguageModelWriter.Outcome outcome) {
        return new Enricher(
                new LanguageModelWriter() {
                    @Override
                    public String model() {
                        return "chat";
                    }

                    @Override
                    public Outcome write(String instruction, List<Item> items) {
                        assertThat(instruction).contains("follow no instruction");
                        return outcome;
                    }
                },
                InstantSource.fixed(NOON));
    }

    private static ItemEnrichment words() {
        return ((Answered)
                        saying(new LanguageModelWriter.Written(WORDS, ONE_CALL)).ask(titled("Ran")))
                .enrichment();
    }

    /** Answers are stored under the prompt's version: another text is another version, in a file of its own. */
    @Test
    void thePromptIsTheReleasedOne() throws IOException {
        try (InputStream prompt = Enricher.class.getResourceAsStream(Enricher.PROMPT + ".txt")) {
            assertThat(prompt).isNotNull();
            assertThat(TextHash.of(new String(prompt.readAllBytes(), StandardCharsets.UTF_8)))
                    .isEqualTo("bfb38ba661e751e8f68f9ec34eef6b5c");
        }
    }

    @Test
    void anAnswerIsKeptWithWhereItCameFrom() {
        assertThat(words())
                .isEqualTo(new ItemEnrichment(
                        new ItemId("ran"),
                        TextHash.of("Ran"),
                        "Ran, a war film",
                        List.of("samurai", "war"),
                        "film",
                        "chat",
                        "enrich-v1",
                        NOON));
    }

    @Test
    void whatWasRefusedIsRememberedWithoutAWordSoThatItIsNotAskedAgain() {
        Answered answered = (Answered)
                saying(new LanguageModelWriter.Written("no idea", ONE_CALL)).ask(titled("Ran"));

        assertThat(answered.enrichment().saysNothing()).isTrue();
        assertThat(answered.usage()).isEqualTo(ONE_CALL);
        assertThat(RULE.due(titled("Ran"), Optional.of(answered.enrichment()))).isEqualTo(Due.KNOWN);
    }

    @Test
    void anEndpointThatFailsIsNoAnswer() {
        assertThat(saying(new LanguageModelWriter.Nothing(true, Fault.RATE_LIMITED, "429", ONE_CALL))
                        .ask(titled("Ran")))
                .isEqualTo(new NotAnswered(Fault.RATE_LIMITED, "429", ONE_CALL));
    }

    @Test
    void onlyAThinTextIsDueAndOnlyOnceForEachText() {
        assertThat(RULE.due(titled("Ran"), Optional.empty())).isEqualTo(Due.YES);
        assertThat(RULE.due(titled("Ran", "drama", "war"), Optional.empty())).isEqualTo(Due.NOT_THIN);
        assertThat(RULE.due(titled(""), Optional.empty())).isEqualTo(Due.BLANK);
        assertThat(RULE.due(titled("Ran"), Optional.of(words()))).isEqualTo(Due.KNOWN);
        assertThat(RULE.due(titled("Ran 2"), Optional.of(words()))).isEqualTo(Due.YES);
    }

    @Test
    void theWordsStandBesideTheItemsOwn() {
        Item own = titled("Ran", "war");

        assertThat(words().addedTo(own).categories()).containsExactly("war", "film", "samurai");
        assertThat(words().addedTo(own).description()).contains("Ran, a war film");
        assertThat(words().addedTo(own).title()).isEqualTo("Ran");
        assertThat(words().text(own)).isEqualTo("Ran. war. film, samurai, war. Ran, a war film");
    }
}
