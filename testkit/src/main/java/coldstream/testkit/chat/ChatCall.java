package coldstream.testkit.chat;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a client sent.
 *
 * @param number 1 for the first call the endpoint got
 * @param authorization the header's value; empty where there was none
 * @param body missing where it was no JSON
 */
public record ChatCall(long number, String path, String authorization, JsonNode body) {

    /** The text of the first message of this role; empty where there is none. */
    public String message(String role) {
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asText().equals(role)) {
                return message.path("content").asText();
            }
        }
        return "";
    }

    /** What the model is shown. */
    public ChatPrompt prompt() {
        return ChatPrompt.read(message("user"));
    }

    /** Whether log-probabilities of the answer's tokens are asked for. */
    public boolean asksForLogProbabilities() {
        return body.path("logprobs").asBoolean();
    }
}
