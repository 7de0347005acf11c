package coldstream.domain;

import java.time.Instant;
import java.util.List;

/**
 * What a chat model was asked for one request, and what it answered, letter by letter but for what is hidden: keys, tokens,
 * mail addresses and long numbers.
 *
 * @param outcome what it came to, for people
 * @param calls the first of them
 * @param more calls that are not kept
 * @param at when the last of them was over
 */
public record ScoreTranscript(
        String requestId, UserId user, String model, String outcome, List<Call> calls, int more, Instant at) {

    /**
     * One call.
     *
     * @param instruction the system message
     * @param question the user message
     * @param answer what came back, or why nothing did
     */
    public record Call(String instruction, String question, String answer) {}

    public ScoreTranscript {
        calls = List.copyOf(calls);
    }
}
