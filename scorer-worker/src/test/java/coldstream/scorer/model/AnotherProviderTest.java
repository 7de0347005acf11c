package coldstream.scorer.model;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.Source;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.scorer.Items;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What it takes to add a provider of LangChain4j: the class below. */
class AnotherProviderTest {

    /** A provider without log-probabilities and without parameters of its own. */
    private record OtherChat(String model, ChatModel chatModel) implements Chat {

        @Override
        public Exchange ask(ChatQuestion question) {
            ChatRequest request = ChatRequest.builder()
                    .messages(SystemMessage.from(question.instruction()), UserMessage.from(question.text()))
                    .build();
            return LangChainCall.of(() -> chatModel.chat(request), response -> List.of());
        }
    }

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    @Test
    void isOneClass() {
        ChatModel model = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from("{\"scores\":[{\"id\":\"c1\",\"score\":0.5}]}"))
                        .tokenUsage(new TokenUsage(7, 3))
                        .build();
            }
        };

        Scored scored = (Scored) new ListScorer(new OtherChat("other", model), asking.metrics)
                .score(Items.catalogue(1), Items.catalogue(1));

        assertThat(scored.scores()).containsExactly(0.5);
        assertThat(scored.source()).isEqualTo(new Source("other", "score-v2", 1));
        assertThat(scored.usage().promptTokens()).isEqualTo(7);
        assertThat(scored.usage().completionTokens()).isEqualTo(3);
    }

    @Test
    void itsExceptionsMeanTheSame() {
        ChatModel model = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                throw new RateLimitException("slow down");
            }
        };

        assertThat(new ListScorer(new OtherChat("other", model), asking.metrics)
                        .score(Items.catalogue(1), Items.catalogue(1)))
                .isInstanceOfSatisfying(
                        TryAgain.class, again -> assertThat(again.fault()).isEqualTo(Fault.RATE_LIMITED));
    }
}
