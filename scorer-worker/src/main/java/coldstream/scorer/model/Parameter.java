package coldstream.scorer.model;

import coldstream.wire.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a call may carry besides the messages, and endpoints may refuse; a closed set, for metrics. */
enum Parameter {
    MAX_TOKENS,
    MAX_COMPLETION_TOKENS,
    TEMPERATURE,
    SEED,
    RESPONSE_FORMAT,
    TOP_LOGPROBS,
    LOGPROBS;

    private static final Pattern NAMED = Pattern.compile(
            "\\b(" + Arrays.stream(values()).map(Parameter::tag).collect(Collectors.joining("|")) + ")\\b");
    private static final Pattern REFUSAL = Pattern.compile(
            "(?i)unsupported|not support|unknown|unrecogni[sz]ed|unexpected|extra|not permitted|not allowed|invalid|must be");

    /** As the protocol and the metrics name it. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The parameter an error body complains about: the protocol's {@code error.param}, else the first one named in a text that
     * speaks of refusal, as vLLM, Mistral and others write it.
     */
    static Optional<Parameter> refusedIn(String errorBody) {
        String named = param(errorBody);
        Matcher matcher = NAMED.matcher(named);
        if (matcher.find()) {
            return Optional.of(valueOf(matcher.group(1).toUpperCase(Locale.ROOT)));
        }
        Matcher anywhere = NAMED.matcher(errorBody);
        return REFUSAL.matcher(errorBody).find() && anywhere.find()
                ? Optional.of(valueOf(anywhere.group(1).toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    private static String param(String errorBody) {
        try {
            JsonNode body = Json.mapper().readTree(errorBody);
            return body.path("error").path("param").asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
