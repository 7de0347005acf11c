package coldstream.scorer.model;

import static coldstream.scorer.Items.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.Source;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.scorer.model.Exchange.Token;
import coldstream.scorer.model.ModelConfig.Ask;
import coldstream.scorer.model.OpenAiEndpoint.Format;
import coldstream.testkit.chat.ChatReplies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic against numbers worked out by hand, and the whole way through an endpoint. */
class YesNoTest {

    private static final List<Item> HISTORY = List.of(item("h", "old"));
    private static final List<Item> FIVE =
            IntStream.range(0, 5).mapToObj(i -> item("i" + i, "kind " + i)).toList();

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    /** odds r = p(yes) / p(no): the score is r^(1/T) / (1 + r^(1/T)). */
    @ParameterizedTest
    @CsvSource({"0.8, 0.2, 1, 0.8", "0.4, 0.1, 1, 0.8", "0.64, 0.04, 2, 0.8", "0.5, 0.5, 0.1, 0.5", "0.9, 0.3, 0.5, 0.9"
    })
    void theOddsAreTakenToOneOverTheTemperature(double yes, double no, double temperature, double expected) {
        List<Token> tokens = List.of(new Token("Yes", Math.log(yes)), new Token("No", Math.log(no)));

        assertThat(new YesNo(temperature).score(tokens)).isEqualTo(expected, within(1e-12));
    }

    @Test
    void spellingsOfAWordAddUpAndOtherWordsDoNotCount() {
        List<Token> tokens = List.of(
                new Token(" Yes", Math.log(0.3)),
                new Token("YES\n", Math.log(0.1)),
                new Token("yes", Math.log(0.2)),
                new Token("no", Math.log(0.2)),
                new Token("Yesterday", Math.log(0.1)));

        assertThat(new YesNo(1).score(tokens)).isEqualTo(0.75, within(1e-12));
    }

    @Test
    void aWordThatIsNotListedIsLessLikelyThanAnyThatIs() {
        List<Token> crowded = List.of(new Token("Yes", Math.log(0.5)), new Token("Maybe", Math.log(0.01)));
        List<Token> certain = List.of(new Token("No", Math.log(0.99)));

        assertThat(new YesNo(1).score(crowded)).as("the least listed").isEqualTo(0.5 / 0.51, within(1e-12));
        assertThat(new YesNo(1).score(certain)).as("what is left over").isEqualTo(0.01, within(1e-9));
        assertThat(new YesNo(1).score(List.of(new Token("Yes", 0))))
                .isLessThan(1)
                .isGreaterThan(0.999);
        assertThat(new YesNo(1).score(List.of(new Token("Maybe", 0)))).isNaN();
        assertThat(new YesNo(1).score(List.of())).isNaN();
    }

    @Test
    void everyCandidateIsAskedAboutByItself() {
        asking.endpoint.always(ChatReplies.thinking(
                (prompt, label) -> prompt.candidates().getOrDefault(label, "").contains("i3") ? 0.9 : 0.2));

        Scored scored = (Scored) score(FIVE, Asking.PATIENCE);

        assertThat(scored.scores().get(3)).isEqualTo(0.9, within(1e-9));
        assertThat(scored.scores().get(0)).isEqualTo(0.2, within(1e-9));
        assertThat(scored.source()).isEqualTo(new Source("a-model", "choose-v1", 1));
        assertThat(scored.usage().calls()).isEqualTo(5);
        assertThat(asking.endpoint.calls()).allSatisfy(call -> {
            assertThat(call.body().path("logprobs").asBoolean()).isTrue();
            assertThat(call.body().path("top_logprobs").asInt()).isEqualTo(20);
            assertThat(call.body().path("max_tokens").asInt()).isEqualTo(1);
            assertThat(call.body().has("response_format")).isFalse();
        });
    }

    @Test
    void anEndpointThatListsFewerIsAskedForFewer() {
        asking.endpoint.always(call -> call.body().path("top_logprobs").asInt() > 5
                ? ChatReplies.refusing("top_logprobs", ChatReplies.html()).to(call)
                : ChatReplies.thinking((prompt, label) -> 0.7).to(call));

        assertThat(Asking.scores(score(FIVE, Asking.PATIENCE)))
                .allSatisfy(score -> assertThat(score).isEqualTo(0.7, within(1e-9)));
    }

    @Test
    void anEndpointWithoutLogProbabilitiesIsRefusedByName() {
        asking.endpoint.always(ChatReplies.content("Yes"));

        assertThat(score(FIVE, Asking.PATIENCE))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.why())
                        .isEqualTo("an answer must have the log-probabilities of yes or no"));
    }

    @Test
    void twoOfFiveMayFailAndThreeMayNot() {
        asking.endpoint.always(call -> failsFor(call.message("user"), "i0", "i1")
                ? ChatReplies.failing(500).to(call)
                : ChatReplies.thinking((prompt, label) -> 0.7).to(call));
        assertThat(Asking.scores(score(FIVE, Asking.PATIENCE)))
                .startsWith(Double.NaN, Double.NaN)
                .hasSize(5)
                .filteredOn(score -> Double.isNaN(score))
                .hasSize(2);

        asking.endpoint.always(call -> failsFor(call.message("user"), "i0", "i1", "i2")
                ? ChatReplies.failing(500).to(call)
                : ChatReplies.thinking((prompt, label) -> 0.7).to(call));
        assertThat(score(FIVE, Asking.PATIENCE))
                .isInstanceOfSatisfying(
                        TryAgain.class, again -> assertThat(again.fault()).isEqualTo(Fault.SERVER_FAULT));
    }

    @Test
    void aRequestTakesTwiceTheTimeoutAtMost() {
        asking.endpoint.always(ChatReplies.slow(Duration.ofSeconds(30), ChatReplies.html()));

        long start = System.nanoTime();
        Outcome outcome = score(FIVE, Duration.ofMillis(300));

        assertThat(outcome).isInstanceOfSatisfying(TryAgain.class, again -> assertThat(again.fault())
                .isEqualTo(Fault.TIMED_OUT));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    }

    private static boolean failsFor(String question, String... ids) {
        return List.of(ids).stream().anyMatch(id -> question.contains("title of " + id));
    }

    private Outcome score(List<Item> candidates, Duration timeout) {
        ModelConfig config = new ModelConfig(
                ModelConfig.Provider.OPENAI,
                Optional.of(asking.at(Format.JSON_SCHEMA, timeout)),
                Ask.YES_NO,
                1,
                1,
                0,
                Scale.RAW);
        try (LanguageModels models = asking.models(config)) {
            return models.scorer().score(HISTORY, candidates);
        }
    }
}
