package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import coldstream.service.Secret;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scores by asking a chat model behind an OpenAI-compatible endpoint for a JSON list.
 *
 * <p>Overload, server faults and time-outs pass: {@link TryAgain}. A refused request does not: {@link Refused}. An answer
 * that {@link ScoreReply} cannot read is asked for once more and then refused.
 */
public final class OpenAiScorer implements LanguageModelScorer {

    private static final int FIRST_SEED = 1;
    private static final int CALLS = 2;
    private static final int TOKENS_PER_CANDIDATE = 32;
    private static final int TOKENS_AROUND = 256;

    /** Hears of tokens as they are spent, in calls whose answer is thrown away too. */
    @FunctionalInterface
    public interface Spending {
        void spent(long promptTokens, long completionTokens);
    }

    /** What one call came to: an answer's text, or an outcome that ends the request. */
    private record Call(@Nullable String text, @Nullable Outcome outcome, long tokens) {}

    private final OpenAiEndpoint endpoint;
    private final Spending spending;
    private final Prompt prompt = Prompt.scoreV1();
    private final OpenAiChatModel first;
    private final OpenAiChatModel second;

    /** @param candidates most candidates a request will have; bounds the answer */
    public OpenAiScorer(OpenAiEndpoint endpoint, int candidates, Spending spending) {
        this.endpoint = endpoint;
        this.spending = spending;
        this.first = model(endpoint, candidates, FIRST_SEED);
        this.second = model(endpoint, candidates, FIRST_SEED + 1);
    }

    private static OpenAiChatModel model(OpenAiEndpoint endpoint, int candidates, int seed) {
        OpenAiChatModel.OpenAiChatModelBuilder builder = OpenAiChatModel.builder()
                .httpClientBuilder(BoundedHttp.within(endpoint.timeout()))
                .baseUrl(endpoint.baseUrl().toString())
                .modelName(endpoint.model())
                .temperature(0.0)
                .seed(seed)
                .maxTokens(TOKENS_AROUND + candidates * TOKENS_PER_CANDIDATE)
                .timeout(endpoint.timeout())
                .maxRetries(0);
        endpoint.apiKey().map(Secret::reveal).ifPresent(builder::apiKey);
        responseFormat(endpoint.format()).ifPresent(builder::responseFormat);
        return builder.strictJsonSchema(true).build();
    }

    private static Optional<ResponseFormat> responseFormat(OpenAiEndpoint.Format format) {
        return switch (format) {
            case TEXT -> Optional.empty();
            case JSON_OBJECT -> Optional.of(ResponseFormat.JSON);
            case JSON_SCHEMA ->
                Optional.of(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("scores")
                                .rootElement(answerSchema())
                                .build())
                        .build());
        };
    }

    private static JsonObjectSchema answerSchema() {
        JsonObjectSchema entry = JsonObjectSchema.builder()
                .addStringProperty("id")
                .addNumberProperty("score")
                .required("id", "score")
                .additionalProperties(false)
                .build();
        return JsonObjectSchema.builder()
                .addProperty("scores", JsonArraySchema.builder().items(entry).build())
                .required("scores")
                .additionalProperties(false)
                .build();
    }

    @Override
    public String model() {
        return endpoint.model();
    }

    @Override
    public String promptVersion() {
        return prompt.version();
    }

    @Override
    public Outcome score(List<Item> history, List<Item> candidates) {
        String question = prompt.user(history, candidates);
        long tokens = 0;
        String why = "";
        for (int attempt = 0; attempt < CALLS; attempt++) {
            Call call = call(attempt == 0 ? first : second, question);
            tokens += call.tokens();
            if (call.outcome() != null) {
                return call.outcome();
            }
            ScoreReply reply = ScoreReply.read(call.text() == null ? "" : call.text(), candidates.size());
            if (reply instanceof ScoreReply.Answered answered) {
                return new Scored(answered.scores(), tokens);
            }
            why = ((ScoreReply.Unreadable) reply).why();
        }
        return new Refused("no readable answer in " + CALLS + " calls: " + why);
    }

    private Call call(OpenAiChatModel model, String question) {
        try {
            ChatResponse response = model.chat(SystemMessage.from(prompt.instruction()), UserMessage.from(question));
            return new Call(response.aiMessage().text(), null, count(response.tokenUsage()));
        } catch (RetriableException e) {
            return new Call(null, new TryAgain(reason(e)), 0);
        } catch (NonRetriableException e) {
            return new Call(null, new Refused(reason(e)), 0);
        } catch (HttpException e) {
            boolean passes = e.statusCode() == 429 || e.statusCode() >= 500;
            return new Call(null, passes ? new TryAgain(reason(e)) : new Refused(reason(e)), 0);
        } catch (RuntimeException e) { // an answer that is no chat completion, such as a page of HTML
            return new Call("", null, 0);
        }
    }

    private long count(@Nullable TokenUsage usage) {
        if (usage == null) {
            return 0;
        }
        long prompted = usage.inputTokenCount() == null ? 0 : usage.inputTokenCount();
        long completed = usage.outputTokenCount() == null ? 0 : usage.outputTokenCount();
        spending.spent(prompted, completed);
        return prompted + completed;
    }

    private static String reason(RuntimeException failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
