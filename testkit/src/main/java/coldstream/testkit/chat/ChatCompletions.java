package coldstream.testkit.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of the protocol. */
final class ChatCompletions {

    /** Characters that count as one token of a prompt or an answer. */
    private static final int CHARACTERS_A_TOKEN = 4;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ChatCompletions() {}

    static ObjectMapper mapper() {
        return MAPPER;
    }

    /** A whole completion with usage. */
    static String of(ChatCall call, String content) {
        return write(completion(call, content, null));
    }

    /**
     * The answer "Yes" or "No", whichever is likelier, with the log-probabilities of both and of some spellings.
     *
     * @param yes probability of yes, in (0, 1)
     */
    static String yesOrNo(ChatCall call, double yes) {
        ObjectNode first = MAPPER.createObjectNode();
        ArrayNode top = MAPPER.createArrayNode();
        Map<String, Double> tokens =
                Map.of("Yes", 0.9 * yes, " yes", 0.1 * yes, "No", 0.9 * (1 - yes), "NO", 0.1 * (1 - yes));
        tokens.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(token ->
                        top.addObject().put("token", token.getKey()).put("logprob", Math.log(token.getValue())));
        first.put("token", top.get(0).path("token").asText());
        first.put("logprob", top.get(0).path("logprob").asDouble());
        int asked = call.body().path("top_logprobs").asInt();
        while (top.size() > asked) {
            top.remove(top.size() - 1);
        }
        first.set("top_logprobs", top);
        return write(completion(call, first.path("token").asText(), first));
    }

    /** An error body in the hosted endpoint's form. */
    static String error(String message, @Nullable String parameter, String code) {
        ObjectNode error = MAPPER.createObjectNode();
        error.putObject("error")
                .put("message", message)
                .put("type", "invalid_request_error")
                .put("param", parameter)
                .put("code", code);
        return write(error);
    }

    private static ObjectNode completion(ChatCall call, String content, @Nullable ObjectNode firstToken) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("id", "chatcmpl-" + call.number());
        body.put("object", "chat.completion");
        body.put("created", 1);
        body.put("model", call.body().path("model").asText());
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", content);
        choice.put("finish_reason", "stop");
        if (firstToken != null) {
            choice.putObject("logprobs").putArray("content").add(firstToken);
        }
        int prompt = call.body().path("messages").toString().length() / CHARACTERS_A_TOKEN;
        int completion = 1 + content.length() / CHARACTERS_A_TOKEN;
        body.putObject("usage")
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        return body;
    }

    private static String write(ObjectNode body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
