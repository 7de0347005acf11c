package coldstream.registry.mlflow;

import coldstream.registry.access.Access;
import coldstream.registry.store.Refusal;
import coldstream.service.RequestBody;
import coldstream.wire.Json;
import coldstream.wire.ModelVersion.Tag;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;

/** The fields of an MLflow request, from the query of a GET or the JSON body of anything else. */
final class MlflowRequest {

    /** The completion of an upload names up to 10,000 parts. */
    private static final int MAX_BODY = 4 << 20;

    private final Context context;
    private final JsonNode body;

    private MlflowRequest(Context context, JsonNode body) {
        this.context = context;
        this.body = body;
    }

    static MlflowRequest of(Context context) {
        if (context.method() == io.javalin.http.HandlerType.GET) {
            return new MlflowRequest(context, Json.mapper().createObjectNode());
        }
        try {
            byte[] bytes = RequestBody.read(context, MAX_BODY);
            JsonNode body = bytes.length == 0 ? Json.mapper().createObjectNode() : Json.read(bytes, JsonNode.class);
            if (!body.isObject()) {
                throw Refusal.INVALID_PARAMETER_VALUE.because("the body must be a JSON object");
            }
            return new MlflowRequest(context, body);
        } catch (SerializationException e) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("the body must be JSON: " + e.getMessage());
        }
    }

    /** A field that must be there. */
    String required(String field) {
        String value = optional(field);
        if (value.isBlank()) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("a value must be given for " + field);
        }
        return value;
    }

    /** Whether a field was given, be it empty. */
    boolean has(String field) {
        return context.queryParam(field) != null || body.has(field);
    }

    /** Part of the body, of whatever form. */
    JsonNode node(String field) {
        return body.path(field);
    }

    /** A field, or the empty text. */
    String optional(String field) {
        String query = context.queryParam(field);
        if (query != null) {
            return query;
        }
        JsonNode value = body.path(field);
        if (value.isContainerNode()) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(field + " must be a single value");
        }
        return value.asText("");
    }

    int number(String field, int byDefault) {
        String value = optional(field);
        try {
            return value.isEmpty() ? byDefault : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(field + " must be a whole number, got " + value);
        }
    }

    boolean flag(String field) {
        return optional(field).equals("true");
    }

    /** A repeated field. */
    List<String> list(String field) {
        List<String> values = new ArrayList<>(context.queryParams(field));
        body.path(field).forEach(value -> values.add(value.asText()));
        return values;
    }

    List<Tag> tags() {
        List<Tag> tags = new ArrayList<>();
        body.path("tags")
                .forEach(tag -> tags.add(
                        tag(tag.path("key").asText(""), tag.path("value").asText(""))));
        return tags;
    }

    /** The one tag a request sets. */
    Tag tag() {
        return tag(required("key"), optional("value"));
    }

    /** Who asks, as far as that is known. */
    String who() {
        return Access.who(context);
    }

    private static Tag tag(String key, String value) {
        if (key.isBlank() || key.length() > 250 || value.length() > 5_000) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "a tag must have a key of 1 to 250 and a value of at most 5000 characters, got " + key);
        }
        return new Tag(key, value);
    }
}
