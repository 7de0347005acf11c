package coldstream.wire;

import coldstream.wire.Refusal.Reason;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each read with its type checked. An optional field may be missing or null; a required one
 * may not.
 */
final class Fields {

    private static final int MAX_SHOWN = 60;

    /** RFC 3339: a date, a time with seconds, and an offset. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private final JsonNode object;

    Fields(JsonNode object) {
        this.object = object;
    }

    String text(String name) {
        return findText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> findText(String name) {
        JsonNode node = find(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw wrongType(name, "a string", node);
        }
        return Optional.of(node.textValue());
    }

    OptionalDouble findNumber(String name) {
        JsonNode node = find(name);
        if (node == null) {
            return OptionalDouble.empty();
        }
        if (!node.isNumber()) {
            throw wrongType(name, "a number", node);
        }
        return OptionalDouble.of(node.doubleValue());
    }

    /** A time to the millisecond: RFC 3339 text, or a whole number of milliseconds since 1970 (not seconds). */
    Optional<Instant> findTime(String name) {
        JsonNode node = find(name);
        if (node == null) {
            return Optional.empty();
        }
        if (node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong()) {
            return Optional.of(Instant.ofEpochMilli(node.longValue()));
        }
        if (!node.isTextual()) {
            throw wrongType(name, "an RFC 3339 string or a whole number of milliseconds since 1970", node);
        }
        return Optional.of(time(name, node.textValue()));
    }

    private static Instant time(String name, String text) {
        if (TIME.matcher(text).matches()) {
            try {
                return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
            } catch (DateTimeException e) {
                // falls through: it looks like a time, such as 31 February, but is none
            }
        }
        throw new RefusedException(
                Reason.BAD_VALUE,
                "%s must be an RFC 3339 time with seconds and an offset, such as 2026-01-01T12:00:00Z, got %s",
                name,
                shorten(text));
    }

    List<String> texts(String name) {
        JsonNode node = find(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            throw wrongType(name, "an array of strings", node);
        }
        List<String> texts = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            if (!element.isTextual()) {
                throw wrongType(name, "an array of strings", element);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** An object as text by name: a string as it is, anything else as its JSON; null values are left out. */
    Map<String, String> map(String name) {
        JsonNode node = find(name);
        if (node == null) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw wrongType(name, "an object", node);
        }
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                texts.put(field.getKey(), value.isTextual() ? value.textValue() : value.toString());
            }
        }
        return texts;
    }

    private @Nullable JsonNode find(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    RefusedException missing(String name) {
        return object.has(name)
                ? new RefusedException(Reason.WRONG_TYPE, "%s must not be null", name)
                : new RefusedException(Reason.MISSING_FIELD, "%s is missing", name);
    }

    private static RefusedException wrongType(String name, String wanted, JsonNode got) {
        return new RefusedException(Reason.WRONG_TYPE, "%s must be %s, got %s", name, wanted, describe(got));
    }

    /** A value for people: its JSON type, and the value where it is short. */
    static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "string " + shorten(node.textValue());
            case NUMBER -> "number " + shorten(node.asText());
            case BOOLEAN -> "boolean " + node.asText();
            case NULL -> "null";
            case MISSING, BINARY, POJO -> "nothing";
        };
    }

    static String shorten(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
