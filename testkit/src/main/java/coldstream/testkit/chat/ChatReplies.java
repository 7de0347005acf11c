package coldstream.testkit.chat;

import coldstream.testkit.chat.ChatAnswer.Ending;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The usual replies, good and bad. */
public final class ChatReplies {

    private ChatReplies() {}

    /**
     * Behaves: a JSON list of scores under the labels shown, or Yes or No with log-probabilities where those are asked for.
     */
    public static ChatReply thinking(ChatMind mind) {
        return call -> {
            ChatPrompt prompt = call.prompt();
            if (call.asksForLogProbabilities()) {
                double yes = Math.max(0.001, Math.min(0.999, mind.score(prompt, "c1")));
                return ChatAnswer.of(200, ChatCompletions.yesOrNo(call, yes));
            }
            return scores(call, label -> entry(label, Double.toString(mind.score(prompt, label))));
        };
    }

    /** A well-formed completion with this content, whatever was asked. */
    public static ChatReply content(String content) {
        return call -> ChatAnswer.of(200, ChatCompletions.of(call, content));
    }

    /** HTTP 429 that asks to be left alone for so long, in whole seconds. */
    public static ChatReply overloaded(Duration retryAfter) {
        return call -> ChatAnswer.of(429, ChatCompletions.error("Rate limit reached", null, "rate_limit_exceeded"))
                .header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    /** This status, with an error body that repeats the key and the prompt, as careless endpoints do. */
    public static ChatReply failing(int status) {
        return call -> ChatAnswer.of(
                status, ChatCompletions.error(call.authorization() + " asked " + call.message("user"), null, "failed"));
    }

    /** HTTP 400 for a call that has the parameter, as models do that know no such thing. */
    public static ChatReply refusing(String parameter, ChatReply otherwise) {
        return call -> call.body().has(parameter)
                ? ChatAnswer.of(
                        400,
                        ChatCompletions.error(
                                "Unsupported parameter: '" + parameter + "' is not supported with this model.",
                                parameter,
                                "unsupported_parameter"))
                : otherwise.to(call);
    }

    /** The reply, after a pause. */
    public static ChatReply slow(Duration pause, ChatReply reply) {
        return call -> reply.to(call).after(pause);
    }

    /** Half the reply; then the connection is closed. */
    public static ChatReply cut(ChatReply reply) {
        return call -> reply.to(call).ending(Ending.CUT);
    }

    /** A byte now and then, without end. */
    public static ChatReply dripping() {
        return call -> ChatAnswer.of(200, "").ending(Ending.NEVER);
    }

    /** HTTP 307 to somewhere else. */
    public static ChatReply redirecting(URI elsewhere) {
        return call -> ChatAnswer.of(307, "").header("Location", elsewhere.toString());
    }

    /** HTTP 200 with bytes that are no JSON. */
    public static ChatReply garbage() {
        return call -> ChatAnswer.of(200, "\u0000\u0007}]{{\"choices\":[[,\uFFFD");
    }

    /** HTTP 200 with a page for people. */
    public static ChatReply html() {
        return call -> ChatAnswer.of(200, "<!DOCTYPE html><html><body>Please log in</body></html>")
                .header("Content-Type", "text/html");
    }

    /** A completion whose content has this many characters. */
    public static ChatReply huge(int characters) {
        return call -> ChatAnswer.of(200, ChatCompletions.of(call, "x".repeat(characters)));
    }

    /** Every score is this JSON value, such as {@code NaN}, {@code 1e999}, {@code 70} or {@code "high"}. */
    public static ChatReply everyScore(String value) {
        return call -> scores(call, label -> entry(label, value));
    }

    /** Scores under labels nobody asked for. */
    public static ChatReply unknownLabels() {
        return call -> scores(call, label -> entry("c9" + label.substring(1), "0.9"));
    }

    /** Every candidate twice, with 0.2 and 0.4. */
    public static ChatReply duplicates() {
        return call -> scores(call, label -> entry(label, "0.2") + "," + entry(label, "0.4"));
    }

    /** Keys, labels and digits of another language. */
    public static ChatReply anotherLanguage() {
        return call -> ChatAnswer.of(
                200,
                ChatCompletions.of(
                        call,
                        "{\"\u5206\u6570\":[{\"\u7f16\u53f7\":\"\uff431\",\"\u5206\":\"\u0660\u066b\u0665\"}]} \u4ee5\u4e0a\u3067\u3059"));
    }

    /** The replies in turn, by the number of the call, without end. */
    public static ChatReply inTurn(ChatReply... replies) {
        List<ChatReply> all = List.of(replies);
        return call -> all.get((int) ((call.number() - 1) % all.size())).to(call);
    }

    /** The bad reply to this share of the calls, chosen by seed and number of the call. */
    public static ChatReply sometimes(double share, long seed, ChatReply bad, ChatReply good) {
        return call -> (new SplittableRandom(seed + call.number()).nextDouble() < share ? bad : good).to(call);
    }

    private static ChatAnswer scores(ChatCall call, Function<String, String> entries) {
        List<String> all = call.prompt().labels().stream().map(entries).toList();
        return ChatAnswer.of(200, ChatCompletions.of(call, "{\"scores\":[" + String.join(",", all) + "]}"));
    }

    private static String entry(String label, String score) {
        return "{\"id\":\"" + label + "\",\"score\":" + score + "}";
    }
}
