package coldstream.scorer.model;

import static coldstream.scorer.Items.item;
import static coldstream.testkit.chat.ChatReplies.anotherLanguage;
import static coldstream.testkit.chat.ChatReplies.content;
import static coldstream.testkit.chat.ChatReplies.cut;
import static coldstream.testkit.chat.ChatReplies.dripping;
import static coldstream.testkit.chat.ChatReplies.duplicates;
import static coldstream.testkit.chat.ChatReplies.everyScore;
import static coldstream.testkit.chat.ChatReplies.failing;
import static coldstream.testkit.chat.ChatReplies.garbage;
import static coldstream.testkit.chat.ChatReplies.html;
import static coldstream.testkit.chat.ChatReplies.huge;
import static coldstream.testkit.chat.ChatReplies.overloaded;
import static coldstream.testkit.chat.ChatReplies.redirecting;
import static coldstream.testkit.chat.ChatReplies.slow;
import static coldstream.testkit.chat.ChatReplies.unknownLabels;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.Source;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.scorer.model.OpenAiEndpoint.Format;
import coldstream.testkit.chat.ChatAnswer;
import coldstream.testkit.chat.ChatCall;
import coldstream.testkit.chat.ChatEndpoint;
import coldstream.testkit.chat.ChatReply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against an endpoint that speaks the chat completions protocol over a socket, well and badly. */
class ListScorerTest {

    private static final List<Item> HISTORY = List.of(item("h1", "old"), item("h2", "new"));
    private static final List<Item> CANDIDATES = List.of(item("x", "one"), item("y", "two"));
    private static final String GOOD = "{\"scores\":[{\"id\":\"c1\",\"score\":0.25},{\"id\":\"c2\",\"score\":0.75}]}";

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    @Test
    void scoresTheCandidatesInTheirOrderAndSaysWhatItCost() {
        asking.endpoint.next(content(GOOD));

        Scored scored = (Scored) score();

        assertThat(scored.scores()).containsExactly(0.25, 0.75);
        assertThat(scored.source()).isEqualTo(new Source("a-model", "score-v2", 1));
        assertThat(scored.usage().promptTokens()).isPositive();
        assertThat(scored.usage().completionTokens()).isEqualTo(1 + GOOD.length() / 4);
        assertThat(scored.usage().calls()).isEqualTo(1);
        assertThat(scored.usage().latency()).isPositive();
    }

    @Test
    void asksWithTheModelTheKeyAndTheSchema() {
        score();

        ChatCall call = asking.endpoint.calls().get(0);
        JsonNode body = call.body();
        assertThat(call.path()).isEqualTo("/v1/chat/completions");
        assertThat(call.authorization()).isEqualTo("Bearer " + Asking.KEY);
        assertThat(body.path("model").asText()).isEqualTo("a-model");
        assertThat(body.path("temperature").asDouble(1)).isZero();
        assertThat(body.path("seed").isInt()).isTrue();
        assertThat(body.path("max_tokens").asInt()).isPositive();
        assertThat(body.at("/response_format/type").asText()).isEqualTo("json_schema");
        assertThat(body.at("/response_format/json_schema/schema/properties/scores/type")
                        .asText())
                .isEqualTo("array");
        assertThat(body.at("/messages/0/role").asText()).isEqualTo("system");
    }

    @ParameterizedTest
    @CsvSource({"JSON_OBJECT, json_object", "TEXT, none"})
    void endpointsWithoutSchemasAreAskedForJsonTheirWay(Format format, String type) {
        asking.list(format, Asking.PATIENCE).score(HISTORY, CANDIDATES);

        assertThat(asking.endpoint
                        .calls()
                        .get(0)
                        .body()
                        .at("/response_format/type")
                        .asText("none"))
                .isEqualTo(type);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("prose", content("I would rather not"), "not_json"),
                Arguments.of("half of the list", content("{\"scores\":[{\"id\":\"c1\",\"score\":0.2}]}"), "too_few"),
                Arguments.of("cut JSON", content(GOOD.substring(0, 40)), "not_json"),
                Arguments.of("nothing", content(""), "empty"),
                Arguments.of("not a number", everyScore("NaN"), "not_json"),
                Arguments.of("infinity", everyScore("1e999"), "too_few"),
                Arguments.of("percent", everyScore("70"), "too_few"),
                Arguments.of("below nothing", everyScore("-0.1"), "too_few"),
                Arguments.of("a word", everyScore("\"high\""), "too_few"),
                Arguments.of("labels nobody gave", unknownLabels(), "ungrounded"),
                Arguments.of("another language", anotherLanguage(), "not_json"),
                Arguments.of("too long", content("x".repeat(ScoreReply.MAX_CHARACTERS + 1)), "too_large"),
                Arguments.of("markup", content("<html>Bad gateway</html>"), "html"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void anUnreadableAnswerIsAskedForOnceMoreAndThenRefused(String what, ChatReply reply, String counted) {
        asking.endpoint.always(reply);

        Outcome outcome = score();

        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.fault())
                .isEqualTo(Fault.UNREADABLE));
        assertThat(asking.endpoint.count()).isEqualTo(2);
        assertThat(outcome.usage().calls()).as("both calls are paid for").isEqualTo(2);
        assertThat(asking.count("coldstream.llm.answers", "result", counted)).isEqualTo(2);
        assertThat(asking.count("coldstream.llm.answers", "result", "read")).isZero();
        assertThat(asking.count("coldstream.llm.scores", "result", "scored")).isLessThanOrEqualTo(2);
    }

    static Stream<Arguments> noCompletions() {
        return Stream.of(
                Arguments.of("a page", html()),
                Arguments.of("garbage", garbage()),
                Arguments.of("ten megabytes", huge(10_000_000)),
                Arguments.of("no choices", (ChatReply) call -> ChatAnswer.of(200, "{\"choices\":[]}")),
                Arguments.of("nothing", (ChatReply) call -> ChatAnswer.of(200, "{}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noCompletions")
    void whatIsNoCompletionIsAskedForOnceMoreAndThenRefused(String what, ChatReply reply) {
        asking.endpoint.always(reply);

        assertThat(score()).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.fault())
                .isEqualTo(Fault.UNREADABLE));
        assertThat(asking.endpoint.count()).isEqualTo(2);
    }

    @Test
    void theSecondAnswerCountsAndBothAreCharged() {
        asking.endpoint.next(content("I would rather not"), content(GOOD));

        Scored scored = (Scored) score();

        assertThat(scored.scores()).containsExactly(0.25, 0.75);
        assertThat(scored.usage().calls()).isEqualTo(2);
        assertThat(asking.endpoint.calls())
                .extracting(call -> call.body().path("seed").asInt())
                .containsExactly(1, 2);
    }

    @Test
    void aCandidateNamedTwiceHasTheMean() {
        asking.endpoint.always(duplicates());

        List<Double> scores = Asking.scores(score());

        assertThat(scores)
                .allSatisfy(score -> assertThat(score).isCloseTo(0.3, org.assertj.core.data.Offset.offset(1e-9)));
        assertThat(asking.count("coldstream.llm.scores", "result", "duplicate")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "408, SERVER_FAULT",
        "429, RATE_LIMITED",
        "500, SERVER_FAULT",
        "502, SERVER_FAULT",
        "503, SERVER_FAULT",
        "529, SERVER_FAULT"
    })
    void overloadAndServerFaultsPass(int status, Fault fault) {
        asking.endpoint.always(failing(status));

        assertThat(score()).isInstanceOfSatisfying(TryAgain.class, again -> assertThat(again.fault())
                .isEqualTo(fault));
        assertThat(asking.endpoint.count())
                .as("the worker decides when to ask again")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REQUEST_REFUSED",
        "401, KEY_REFUSED",
        "403, KEY_REFUSED",
        "404, REQUEST_REFUSED",
        "422, REQUEST_REFUSED"
    })
    void aRefusedRequestDoesNotPassAndNothingOfTheAnswerIsRepeated(int status, Fault fault) {
        asking.endpoint.always(failing(status)); // repeats the key and the question

        assertThat(score()).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.fault()).isEqualTo(fault);
            assertThat(refused.why()).contains("HTTP " + status).doesNotContain(Asking.KEY, "title of");
        });
    }

    @Test
    void anEndpointThatWantsToBeLeftAloneSaysHowLong() {
        asking.endpoint.always(overloaded(Duration.ofSeconds(7)));

        assertThat(score()).isInstanceOfSatisfying(TryAgain.class, again -> assertThat(again.after())
                .contains(Duration.ofSeconds(7)));
    }

    @Test
    void aSlowAnswerPasses() {
        asking.endpoint.always(slow(Duration.ofSeconds(30), content(GOOD)));

        assertThat(asking.list(Format.TEXT, Duration.ofMillis(300)).score(HISTORY, CANDIDATES))
                .isInstanceOfSatisfying(
                        TryAgain.class, again -> assertThat(again.fault()).isEqualTo(Fault.TIMED_OUT));
    }

    @Test
    void anAnswerThatDripsIsCutAtTheDeadline() {
        asking.endpoint.always(dripping());

        Outcome outcome = asking.list(Format.TEXT, Duration.ofMillis(500)).score(HISTORY, CANDIDATES);

        assertThat(outcome).isInstanceOf(TryAgain.class);
        assertThat(outcome.usage().latency()).isLessThan(Duration.ofSeconds(25));
    }

    @Test
    void aConnectionThatIsCutPassesAndSoDoesNone() {
        asking.endpoint.always(cut(content(GOOD)));
        assertThat(score()).isInstanceOfSatisfying(TryAgain.class, again -> assertThat(again.fault())
                .isEqualTo(Fault.CONNECTION));

        asking.endpoint.close();
        assertThat(score()).isInstanceOfSatisfying(TryAgain.class, again -> assertThat(again.fault())
                .isEqualTo(Fault.CONNECTION));
    }

    @Test
    void nobodyButTheConfiguredHostIsCalled() {
        try (ChatEndpoint elsewhere = ChatEndpoint.start()) {
            asking.endpoint.always(redirecting(elsewhere.url()));

            assertThat(score()).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.fault())
                    .isEqualTo(Fault.REDIRECTED));
            assertThat(elsewhere.count()).isZero();
        }
    }

    @Test
    void manyBadAnswersLeaveNoScoreBehind() {
        asking.endpoint.always(everyScore("-1"));

        for (int i = 0; i < 50; i++) {
            assertThat(score()).isInstanceOf(Refused.class);
        }

        assertThat(asking.count("coldstream.llm.scores", "result", "out_of_range"))
                .isEqualTo(200);
        assertThat(asking.count("coldstream.llm.scores", "result", "scored")).isZero();
    }

    private Outcome score() {
        return asking.list().score(HISTORY, CANDIDATES);
    }
}
