package coldstream.scorer.model;

import coldstream.scorer.model.ChatQuestion.Form;
import coldstream.scorer.model.OpenAiEndpoint.Format;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which parameters of the protocol an endpoint takes; values are never changed, only replaced by what it refuses less.
 *
 * <ul>
 *   <li>{@code max_tokens} becomes {@code max_completion_tokens}, with room for what a reasoning model thinks, and then nothing.
 *   <li>{@code response_format} goes from the schema to {@code json_object} to nothing: the prompt asks for JSON anyway.
 *   <li>{@code top_logprobs} goes from 20 to 5 to nothing.
 *   <li>{@code temperature}, {@code seed} and {@code logprobs} are left out.
 * </ul>
 *
 * @param format of JSON answers
 * @param refused so far
 * @param topSteps how often {@code top_logprobs} was refused
 */
record Dialect(Format format, Set<Parameter> refused, int topSteps) {

    /** Tokens a reasoning model may think before it answers. */
    private static final int THOUGHT = 4_096;

    private static final int MOST_LIKELY = 20;
    private static final int FEWER_LIKELY = 5;

    static Dialect of(Format format) {
        return new Dialect(format, Set.of(), 0);
    }

    /** Without the parameter; the same where there is nothing left to leave out. */
    Dialect without(Parameter parameter) {
        boolean gone = parameter == Parameter.RESPONSE_FORMAT
                ? format == Format.TEXT
                : parameter == Parameter.TOP_LOGPROBS ? topSteps >= 2 : refused.contains(parameter);
        if (gone) {
            return this;
        }
        Set<Parameter> more = EnumSet.of(parameter);
        more.addAll(refused);
        return new Dialect(
                parameter == Parameter.RESPONSE_FORMAT ? format.simpler() : format,
                more,
                topSteps + (parameter == Parameter.TOP_LOGPROBS ? 1 : 0));
    }

    /** What goes into the call beside the messages. */
    OpenAiChatRequestParameters parameters(String model, ChatQuestion question) {
        OpenAiChatRequestParameters.Builder builder =
                OpenAiChatRequestParameters.builder().modelName(model);
        if (takes(Parameter.TEMPERATURE)) {
            builder.temperature(0.0);
        }
        if (takes(Parameter.SEED)) {
            builder.seed(question.seed());
        }
        if (takes(Parameter.MAX_TOKENS)) {
            builder.maxOutputTokens(question.maxTokens());
        } else if (takes(Parameter.MAX_COMPLETION_TOKENS)) {
            builder.maxCompletionTokens(question.maxTokens() + THOUGHT);
        }
        if (question.form() == Form.SCORES) {
            responseFormat().ifPresent(builder::responseFormat);
        } else if (question.form() == Form.YES_NO) {
            builder.customParameters(logProbabilities());
        }
        return builder.build();
    }

    private boolean takes(Parameter parameter) {
        return !refused.contains(parameter);
    }

    private Map<String, Object> logProbabilities() {
        Map<String, Object> custom = new LinkedHashMap<>();
        if (takes(Parameter.LOGPROBS)) {
            custom.put(Parameter.LOGPROBS.tag(), true);
            if (topSteps < 2) {
                custom.put(Parameter.TOP_LOGPROBS.tag(), topSteps == 0 ? MOST_LIKELY : FEWER_LIKELY);
            }
        }
        return custom;
    }

    private Optional<ResponseFormat> responseFormat() {
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
}
