package coldstream.scorer.model;

import coldstream.scorer.model.Exchange.Token;
import coldstream.wire.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chat model behind an OpenAI-compatible endpoint.
 *
 * <p>What the endpoint refuses is left out: the call that found out is made again at once, and later calls leave it out from
 * the start.
 */
final class OpenAiChat implements Chat {

    private static final Logger LOG = LoggerFactory.getLogger(OpenAiChat.class);

    private final OpenAiEndpoint endpoint;
    private final ModelMetrics metrics;
    private final Payloads payloads;
    private final OpenAiChatModel model;
    private volatile Dialect dialect;

    /** What one call was refused for. */
    private static final class Attempt {
        private Optional<Parameter> refused = Optional.empty();
    }

    OpenAiChat(OpenAiEndpoint endpoint, ModelMetrics metrics) {
        this.endpoint = endpoint;
        this.metrics = metrics;
        this.payloads = new Payloads(endpoint.key());
        this.dialect = Dialect.of(endpoint.format());
        this.model = OpenAiChatModel.builder()
                .httpClientBuilder(BoundedHttp.to(endpoint))
                .baseUrl(endpoint.baseUrl().toString())
                .modelName(endpoint.model())
                .timeout(endpoint.timeout())
                .maxRetries(0)
                .strictJsonSchema(true)
                .build();
    }

    @Override
    public String model() {
        return endpoint.model();
    }

    @Override
    public Exchange ask(ChatQuestion question) {
        payloads.sent(question);
        Exchange exchange = askWithout(question);
        payloads.received(exchange);
        Transcript.note(question, exchange, payloads);
        return exchange;
    }

    private Exchange askWithout(ChatQuestion question) {
        while (true) {
            Dialect tried = dialect;
            Attempt attempt = new Attempt();
            Exchange exchange = LangChainCall.of(() -> call(tried, question, attempt), OpenAiChat::first);
            metrics.called(exchange);
            if (attempt.refused.isEmpty()
                    || tried.without(attempt.refused.get()).equals(tried)) {
                return exchange;
            }
            leaveOut(attempt.refused.get(), tried);
        }
    }

    private synchronized void leaveOut(Parameter parameter, Dialect tried) {
        if (!tried.equals(dialect)) {
            return; // another call found out first
        }
        dialect = tried.without(parameter);
        metrics.refused(parameter);
        LOG.atInfo()
                .addKeyValue("model", endpoint.model())
                .addKeyValue("parameter", parameter.tag())
                .log("the endpoint refuses a parameter; it is left out from now on");
    }

    private ChatResponse call(Dialect tried, ChatQuestion question, Attempt attempt) {
        try {
            return model.chat(ChatRequest.builder()
                    .messages(SystemMessage.from(question.instruction()), UserMessage.from(question.text()))
                    .parameters(tried.parameters(endpoint.model(), question))
                    .build());
        } catch (RuntimeException e) {
            attempt.refused = LangChainCall.cause(e, EndpointException.class).flatMap(EndpointException::refused);
            throw e;
        }
    }

    /** LangChain4j keeps no log-probabilities; the body it read does. */
    private static List<Token> first(ChatResponse response) {
        if (!(response.metadata() instanceof OpenAiChatResponseMetadata metadata)
                || metadata.rawHttpResponse() == null) {
            return List.of();
        }
        try {
            JsonNode token =
                    Json.mapper().readTree(metadata.rawHttpResponse().body()).at("/choices/0/logprobs/content/0");
            List<Token> tokens = new ArrayList<>();
            for (JsonNode candidate : token.path("top_logprobs")) {
                add(tokens, candidate);
            }
            if (tokens.isEmpty()) {
                add(tokens, token);
            }
            return tokens;
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static void add(List<Token> tokens, JsonNode token) {
        JsonNode logProbability = token.path("logprob");
        if (token.path("token").isTextual() && logProbability.isNumber() && logProbability.doubleValue() <= 0) {
            tokens.add(new Token(token.path("token").asText(), logProbability.doubleValue()));
        }
    }
}
