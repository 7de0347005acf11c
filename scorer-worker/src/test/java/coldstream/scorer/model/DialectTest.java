package coldstream.scorer.model;

import static coldstream.scorer.Items.item;
import static coldstream.testkit.chat.ChatReplies.everyScore;
import static coldstream.testkit.chat.ChatReplies.refusing;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.testkit.chat.ChatAnswer;
import coldstream.testkit.chat.ChatReply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {

    private static final ChatReply GOOD = everyScore("0.5");

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    @Test
    void aReasoningModelIsAskedWithoutWhatItRefusesAndTheNextRequestAtOnce() {
        asking.endpoint.always(refusing("max_tokens", refusing("temperature", GOOD)));
        LanguageModelScorer scorer = asking.list();

        Outcome first = score(scorer);
        Outcome second = score(scorer);

        assertThat(first).isInstanceOf(Scored.class);
        assertThat(second).isInstanceOf(Scored.class);
        assertThat(asking.endpoint.count())
                .as("two calls found out, and one for each answer")
                .isEqualTo(4);
        JsonNode last = asking.endpoint.calls().get(3).body();
        assertThat(last.has("max_tokens")).isFalse();
        assertThat(last.has("temperature")).isFalse();
        assertThat(last.path("max_completion_tokens").asInt())
                .as("with room to think")
                .isGreaterThan(4_000);
        assertThat(last.has("seed")).as("what it takes stays").isTrue();
        assertThat(asking.count("coldstream.llm.parameters.refused", "parameter", "max_tokens"))
                .isEqualTo(1);
    }

    @Test
    void aSchemaThatIsRefusedIsAskedForMoreSimply() {
        asking.endpoint.always(
                call -> switch (call.body().at("/response_format/type").asText("none")) {
                    case "none" -> GOOD.to(call);
                    default -> refusing("response_format", GOOD).to(call);
                });

        assertThat(score(asking.list())).isInstanceOf(Scored.class);
        assertThat(asking.endpoint.calls())
                .extracting(call -> call.body().at("/response_format/type").asText("none"))
                .containsExactly("json_schema", "json_object", "none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"object\":\"error\",\"message\":\"Extra inputs are not permitted: seed\",\"code\":400}",
                "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"seed\"],\"msg\":\"Extra inputs are not permitted\"}]}",
                "{\"error\":{\"message\":\"property 'seed' is unsupported\"}}"
            })
    void otherEndpointsSayItInTheirOwnWords(String body) {
        asking.endpoint.always(call -> call.body().has("seed") ? ChatAnswer.of(422, body) : GOOD.to(call));

        assertThat(score(asking.list())).isInstanceOf(Scored.class);
        assertThat(asking.endpoint.count()).isEqualTo(2);
    }

    @Test
    void anEndpointThatRefusesEverythingIsNotAskedForEver() {
        asking.endpoint.always(
                call -> ChatAnswer.of(400, "{\"error\":{\"message\":\"unsupported\",\"param\":\"temperature\"}}"));

        assertThat(score(asking.list())).isInstanceOf(Refused.class);
        assertThat(asking.endpoint.count()).isEqualTo(2);
    }

    private static Outcome score(LanguageModelScorer scorer) {
        List<Item> history = List.of(item("h", "old"));
        return scorer.score(history, List.of(item("x", "one"), item("y", "two")));
    }
}
