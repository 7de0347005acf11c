package coldstream.serving.http;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.service.ProblemException;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A request of the Open Inference Protocol: score these items for these users.
 *
 * @param id to be echoed
 * @param users one per item
 * @param outputs asked for, in order
 */
record InferenceRequest(Optional<String> id, List<UserId> users, List<ItemId> items, List<String> outputs) {

    static final List<String> OUTPUTS = List.of("score", "probability");

    private static final String BYTES = "BYTES";
    private static final Set<String> DATATYPES = Set.of(
            "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64",
            BYTES);

    InferenceRequest {
        users = List.copyOf(users);
        items = List.copyOf(items);
        outputs = List.copyOf(outputs);
    }

    /** @throws ProblemException with status 400 if it is no request this model can answer */
    static InferenceRequest read(byte[] body, int maxItems) {
        JsonNode root;
        try {
            root = Json.read(body, JsonNode.class);
        } catch (SerializationException e) {
            throw refused("the body must be JSON: " + e.getMessage());
        }
        require(root.isObject() && root.path("inputs").isArray(), "the body must be an object with a list of inputs");
        JsonNode id = root.path("id");
        require(id.isMissingNode() || id.isTextual(), "id must be text");
        parameters("the request", root);
        Set<String> names = new HashSet<>();
        for (JsonNode input : root.path("inputs")) {
            String name = input.path("name").asText("");
            require(name.equals("user") || name.equals("item"), "an input must be user or item, got " + name);
            require(names.add(name), "an input must be given once, got " + name + " twice");
            parameters(name, input);
        }
        List<String> items = strings(input(root, "item"), maxItems);
        List<String> users = strings(input(root, "user"), maxItems);
        require(
                users.size() == 1 || users.size() == items.size(),
                "user must have one value or as many as item (" + items.size() + "), got " + users.size());
        try {
            List<UserId> one = users.stream().map(UserId::new).toList();
            return new InferenceRequest(
                    id.isTextual() ? Optional.of(id.asText()) : Optional.empty(),
                    one.size() == items.size() ? one : Collections.nCopies(items.size(), one.get(0)),
                    items.stream().map(ItemId::new).toList(),
                    outputs(root.path("outputs")));
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode input(JsonNode root, String name) {
        for (JsonNode input : root.path("inputs")) {
            if (input.path("name").asText("").equals(name)) {
                return input;
            }
        }
        throw refused("the inputs must be user and item, missing " + name);
    }

    private static List<String> strings(JsonNode input, int maxItems) {
        String name = input.path("name").asText("");
        String datatype = input.path("datatype").asText("");
        require(DATATYPES.contains(datatype), name + " must have a datatype of the protocol, got " + datatype);
        require(datatype.equals(BYTES), name + " must have datatype BYTES, got " + datatype);
        require(input.path("data").isArray(), name + " must have a list of data");
        List<String> values = new ArrayList<>();
        collect(name, input.path("data"), values);
        require(
                !values.isEmpty() && values.size() <= maxItems,
                name + " must have 1 to " + maxItems + " values, got " + values.size());
        long size = size(name, input.path("shape"));
        require(
                size == values.size(),
                name + " must have as many values as its shape says (" + size + "), got " + values.size());
        return values;
    }

    /** Flat or nested, row by row. */
    private static void collect(String name, JsonNode data, List<String> values) {
        for (JsonNode value : data) {
            if (value.isArray()) {
                collect(name, value, values);
            } else {
                require(value.isTextual(), name + " must hold texts, got " + value);
                values.add(value.asText());
            }
        }
    }

    /** Values of a shape (N) or (N, 1). */
    private static long size(String name, JsonNode shape) {
        boolean column = shape.size() == 2 && shape.path(1).asInt() == 1;
        boolean good = shape.isArray() && (shape.size() == 1 || column);
        require(good && shape.path(0).canConvertToInt(), name + " must have shape [N] or [N, 1], got " + shape);
        return shape.path(0).asLong();
    }

    private static List<String> outputs(JsonNode wanted) {
        if (wanted.isMissingNode() || (wanted.isArray() && wanted.isEmpty())) {
            return OUTPUTS;
        }
        require(wanted.isArray(), "outputs must be a list");
        List<String> names = new ArrayList<>();
        for (JsonNode output : wanted) {
            String name = output.path("name").asText("");
            require(OUTPUTS.contains(name), "an output must be one of " + OUTPUTS + ", got " + name);
            require(!names.contains(name), "an output must be asked for once, got " + name + " twice");
            parameters(name, output);
            names.add(name);
        }
        return names;
    }

    /** The protocol's parameters are texts, numbers or truths by name; none means anything here, so any is taken. */
    private static void parameters(String of, JsonNode node) {
        JsonNode parameters = node.path("parameters");
        require(parameters.isMissingNode() || parameters.isObject(), "parameters of " + of + " must be an object");
        for (JsonNode value : parameters) {
            require(value.isValueNode(), "parameters of " + of + " must be texts, numbers or truths, got " + value);
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw refused(message);
        }
    }

    private static ProblemException refused(String message) {
        return new ProblemException(400, "Bad request", message);
    }
}
