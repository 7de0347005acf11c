package coldstream.ingest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.service.ProblemException;
import coldstream.wire.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The events of one request: a JSON object or array, one JSON object per line ({@code application/x-ndjson}), or CloudEvents
 * in binary, structured or batched mode. Any other content type is read as JSON.
 *
 * @param batch whether the request may hold several events
 */
record RequestBody(List<RawEvent> events, boolean batch) {

    private static final String CLOUD_EVENT = "application/cloudevents+json";

    /**
     * @param nameField of the data that names an event
     * @param headers of the request, by lower-case name
     * @throws ProblemException 400, if the body is neither JSON nor lines of it
     */
    static RequestBody read(String nameField, Map<String, String> headers, byte[] body) {
        String contentType = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        if (headers.containsKey("ce-specversion")) {
            Headers attributes = cloudEventHeaders(headers);
            Optional<String> id = Optional.ofNullable(headers.get("ce-id"));
            return new RequestBody(List.of(new RawEvent(attributes, body, id)), false);
        }
        if (contentType.contains("ndjson") || contentType.contains("jsonl")) {
            return new RequestBody(lines(nameField, body), true);
        }
        if (contentType.startsWith("application/cloudevents-batch")) {
            return new RequestBody(elements("id", requireArray(parse(body)), CLOUD_EVENT), true);
        }
        if (contentType.startsWith("application/cloudevents")) {
            return new RequestBody(List.of(event("id", parse(body), body, CLOUD_EVENT)), false);
        }
        JsonNode json = parse(body);
        return json.isArray()
                ? new RequestBody(elements(nameField, json, ""), true)
                : new RequestBody(List.of(event(nameField, json, body, "")), false);
    }

    /** The Kafka form of a CloudEvent's HTTP headers: {@code ce-id} becomes {@code ce_id}, without percent-encoding. */
    private static Headers cloudEventHeaders(Map<String, String> headers) {
        Headers attributes = new RecordHeaders();
        headers.forEach((name, value) -> {
            if (name.startsWith("ce-")) {
                String attribute = "ce_" + name.substring("ce-".length());
                attributes.add(attribute, percentDecoded(value).getBytes(UTF_8));
            }
        });
        Optional.ofNullable(headers.get("content-type"))
                .ifPresent(contentType -> attributes.add("content-type", contentType.getBytes(UTF_8)));
        return attributes;
    }

    private static String percentDecoded(String value) {
        try {
            return value.contains("%") ? URLDecoder.decode(value.replace("+", "%2B"), UTF_8) : value;
        } catch (IllegalArgumentException e) {
            return value; // a bare percent sign stands for itself
        }
    }

    private static List<RawEvent> lines(String nameField, byte[] body) {
        return new String(body, UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> {
                    byte[] value = line.getBytes(UTF_8);
                    return new RawEvent(new RecordHeaders(), value, name(nameField, value));
                })
                .toList();
    }

    private static Optional<String> name(String nameField, byte[] line) {
        try {
            return name(nameField, Json.mapper().readTree(line));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> name(String nameField, JsonNode json) {
        return Optional.ofNullable(json.path(nameField).textValue());
    }

    private static List<RawEvent> elements(String nameField, JsonNode array, String contentType) {
        List<RawEvent> events = new ArrayList<>(array.size());
        array.forEach(element -> events.add(event(nameField, element, Json.write(element), contentType)));
        return events;
    }

    private static RawEvent event(String nameField, JsonNode json, byte[] value, String contentType) {
        Headers headers = new RecordHeaders();
        if (!contentType.isEmpty()) {
            headers.add("content-type", contentType.getBytes(UTF_8));
        }
        return new RawEvent(headers, value, name(nameField, json));
    }

    private static JsonNode requireArray(JsonNode json) {
        if (!json.isArray()) {
            throw unreadable("a batch must be a JSON array");
        }
        return json;
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = Json.mapper().readTree(body);
            if (json.isMissingNode()) {
                throw unreadable("a request must have a body, got none");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw unreadable("a body must be JSON (lines of it are application/x-ndjson): " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException unreadable(String detail) {
        return new ProblemException(400, "Unreadable request", detail);
    }
}
