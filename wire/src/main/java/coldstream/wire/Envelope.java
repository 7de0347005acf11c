package coldstream.wire;

import coldstream.wire.Refusal.Reason;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One event as a producer sends it, without its wrapping: bare JSON, or a CloudEvent 1.0 in binary mode (attributes in
 * {@code ce_*} headers) or structured mode (content type {@code application/cloudevents+json}).
 *
 * @param data the JSON object
 * @param attributes of the CloudEvent; nothing for bare JSON
 */
record Envelope(JsonNode data, Optional<Attributes> attributes) {

    private static final JsonFormat FORMAT = new JsonFormat();

    /** The CloudEvents attributes that matter here. */
    record Attributes(String id, String source, String type, Optional<Instant> time) {}

    static Envelope open(Headers headers, byte @Nullable [] value) {
        if (value == null) {
            throw new RefusedException(Reason.UNPARSABLE, "an event must have a value, got none");
        }
        if (value.length > EventSize.MAX_BYTES) {
            throw new RefusedException(
                    Reason.TOO_LARGE, "an event must have at most %d bytes, got %d", EventSize.MAX_BYTES, value.length);
        }
        if (isStructured(headers)) {
            return cloudEvent(() -> FORMAT.deserialize(value));
        }
        return headers.lastHeader("ce_specversion") == null
                ? new Envelope(object(value), Optional.empty())
                : cloudEvent(
                        () -> KafkaMessageFactory.createReader(headers, value).toEvent());
    }

    /** By the content type's beginning, in any case, as the CloudEvents Kafka binding says. */
    private static boolean isStructured(Headers headers) {
        Header contentType = headers.lastHeader("content-type");
        return contentType != null
                && contentType.value() != null
                && new String(contentType.value(), StandardCharsets.UTF_8)
                        .toLowerCase(Locale.ROOT)
                        .startsWith("application/cloudevents");
    }

    private static Envelope cloudEvent(Supplier<CloudEvent> reader) {
        CloudEvent event;
        try {
            event = reader.get();
        } catch (CloudEventRWException
                | EventDeserializationException
                | IllegalStateException
                | IllegalArgumentException e) {
            throw new RefusedException(
                    Reason.BAD_ENVELOPE,
                    "a CloudEvent must follow CloudEvents 1.0: %s",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        OffsetDateTime time = event.getTime();
        return new Envelope(
                data(event),
                Optional.of(new Attributes(
                        event.getId(),
                        event.getSource().toString(),
                        event.getType(),
                        Optional.ofNullable(time).map(at -> at.toInstant().truncatedTo(ChronoUnit.MILLIS)))));
    }

    private static JsonNode data(CloudEvent event) {
        String contentType = event.getDataContentType();
        if (contentType != null && !contentType.toLowerCase(Locale.ROOT).contains("json")) {
            throw new RefusedException(
                    Reason.BAD_ENVELOPE, "the content type of a CloudEvent must be JSON, got %s", contentType);
        }
        CloudEventData data = event.getData();
        if (data == null) {
            throw new RefusedException(Reason.BAD_ENVELOPE, "a CloudEvent must have data");
        }
        return data instanceof JsonCloudEventData json ? requireObject(json.getNode()) : object(data.toBytes());
    }

    private static JsonNode object(byte[] bytes) {
        try {
            return requireObject(Json.mapper().readTree(bytes));
        } catch (JsonProcessingException e) {
            throw new RefusedException(Reason.UNPARSABLE, "an event must be JSON: %s", firstLine(e));
        } catch (IOException e) {
            throw new RefusedException(Reason.UNPARSABLE, "an event must be JSON: %s", String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode requireObject(JsonNode node) {
        if (!node.isObject()) {
            throw new RefusedException(
                    Reason.UNPARSABLE, "an event must be a JSON object, got %s", Fields.describe(node));
        }
        return node;
    }

    private static String firstLine(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return e.getOriginalMessage().lines().findFirst().orElse("") + where;
    }
}
