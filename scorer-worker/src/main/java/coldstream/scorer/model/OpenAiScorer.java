package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import coldstream.service.Secret;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
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

    /** What one call came to: an answer's text, or a failure that ends the request. */
    private record Call(@Nullable String text, @Nullable RuntimeException failure, Usage usage) {}

    private final OpenAiEndpoint endpoint;
    private final Prompt prompt = Prompt.scoreV1();
    private final OpenAiChatModel first;
    private final OpenAiChatModel second;

    /** @param candidates most candidates a request will have; bounds the answer */
    public OpenAiScorer(OpenAiEndpoint endpoint, int candidates) {
        this.endpoint = endpoint;
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
        Usage usage = Usage.NONE;
        String why = "";
        for (int attempt = 0; attempt < CALLS; attempt++) {
            Call call = call(attempt == 0 ? first : second, question);
            usage = usage.plus(call.usage());
            if (call.failure() != null) {
                return failed(call.failure(), usage);
            }
            ScoreReply reply = ScoreReply.read(call.text() == null ? "" : call.text(), candidates.size());
            if (reply instanceof ScoreReply.Answered answered) {
                return new Scored(answered.scores(), new Source(endpoint.model(), prompt.version(), 1), usage);
            }
            why = ((ScoreReply.Unreadable) reply).why();
        }
        return new Refused(Fault.UNREADABLE, "no readable answer in " + CALLS + " calls: " + why, usage);
    }

    private Call call(OpenAiChatModel model, String question) {
        long start = System.nanoTime();
        try {
            ChatResponse response = model.chat(SystemMessage.from(prompt.instruction()), UserMessage.from(question));
            return new Call(response.aiMessage().text(), null, usage(start, response.tokenUsage()));
        } catch (RetriableException | NonRetriableException | HttpException e) {
            return new Call(null, e, usage(start, null));
        } catch (RuntimeException e) { // an answer that is no chat completion, such as a page of HTML
            return new Call("", null, usage(start, null));
        }
    }

    private static Usage usage(long start, @Nullable TokenUsage tokens) {
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        if (tokens == null) {
            return new Usage(0, 0, 1, latency);
        }
        long prompted = tokens.inputTokenCount() == null ? 0 : tokens.inputTokenCount();
        long completed = tokens.outputTokenCount() == null ? 0 : tokens.outputTokenCount();
        return new Usage(prompted, completed, 1, latency);
    }

    private static Outcome failed(RuntimeException failure, Usage usage) {
        String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        int status = failure instanceof HttpException http
                ? http.statusCode()
                : failure.getCause() instanceof HttpException cause ? cause.statusCode() : 0;
        if (failure instanceof TimeoutException) {
            return new TryAgain(Fault.TIMED_OUT, why, Optional.empty(), usage);
        }
        if (status == 0) {
            return failure instanceof RetriableException
                    ? new TryAgain(Fault.CONNECTION, why, Optional.empty(), usage)
                    : new Refused(Fault.REQUEST_REFUSED, why, usage);
        }
        if (status == 429) {
            return new TryAgain(Fault.RATE_LIMITED, why, Optional.empty(), usage);
        }
        if (status == 408 || status >= 500) {
            return new TryAgain(Fault.SERVER_FAULT, why, Optional.empty(), usage);
        }
        if (status < 400) {
            return new Refused(Fault.REDIRECTED, why, usage);
        }
        return new Refused(status == 401 || status == 403 ? Fault.KEY_REFUSED : Fault.REQUEST_REFUSED, why, usage);
    }
}
