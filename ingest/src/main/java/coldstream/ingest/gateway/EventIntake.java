package coldstream.ingest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.ingest.gateway.EventProducer.Outcome;
import coldstream.service.Problem;
import coldstream.service.ProblemException;
import coldstream.wire.Json;
import coldstream.wire.Reading;
import coldstream.wire.Refusal;
import coldstream.wire.Refusal.Reason;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Takes in one kind of event over HTTP.
 *
 * <p>Answers 202 when every event was accepted, 207 when some were refused, 422 when all were, 400 when the body cannot be
 * read, 413 when it is too large, 429 when too much waits for Kafka, 503 when Kafka does not take it in time; after the last
 * two the client sends the same again.
 */
final class EventIntake {

    /**
     * A kind of event.
     *
     * @param topic where it goes
     * @param nameField what names one, such as {@code event_id}
     * @param key reads one and gives the key of its record
     */
    record Kind(String topic, String nameField, Function<RawEvent, Reading<String>> key) {}

    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    private final Kind kind;
    private final EventProducer producer;
    private final int maxRequestBytes;
    private final Counter accepted;
    private final Counter refused;

    EventIntake(Kind kind, EventProducer producer, int maxRequestBytes, MeterRegistry meters) {
        this.kind = kind;
        this.producer = producer;
        this.maxRequestBytes = maxRequestBytes;
        this.accepted = counter(meters, "accepted");
        this.refused = counter(meters, "refused");
    }

    private Counter counter(MeterRegistry meters, String result) {
        return Counter.builder("coldstream.gateway.events")
                .description("Events sent over HTTP: accepted by Kafka, or refused")
                .tag("kind", kind.nameField().replace("_id", ""))
                .tag("result", result)
                .register(meters);
    }

    void take(Context context) {
        Map<String, String> headers = new HashMap<>();
        context.headerMap().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        RequestBody request = RequestBody.read(kind.nameField(), headers, body(context));
        List<EventResult> results = new ArrayList<>(request.events().size());
        List<ProducerRecord<byte[], byte[]>> records =
                new ArrayList<>(request.events().size());
        for (RawEvent event : request.events()) {
            int index = results.size();
            Reading<String> reading = kind.key().apply(event);
            results.add(reading.match(
                    key -> new EventResult(index, event.name(), Optional.empty()),
                    refusal -> new EventResult(index, event.name(), Optional.of(refusal))));
            if (reading instanceof Reading.Accepted<String> read) {
                records.add(new ProducerRecord<>(
                        kind.topic(), null, read.value().getBytes(UTF_8), event.value(), event.headers()));
            }
        }
        if (results.isEmpty()) {
            throw new ProblemException(400, "Unreadable request", "a request must hold an event, got none");
        }
        if (!request.batch()) {
            refuseTooLarge(results.get(0));
        }
        if (records.isEmpty()) {
            answer(context, results);
        } else {
            context.future(() -> producer.send(records).thenAccept(outcome -> answer(context, outcome, results)));
        }
    }

    /** Retires one by its key: Kafka gets a record without a value. */
    void retire(Context context, String key) {
        var tombstone = new ProducerRecord<byte[], byte[]>(kind.topic(), key.getBytes(UTF_8), null);
        List<EventResult> results = List.of(new EventResult(0, Optional.of(key), Optional.empty()));
        context.future(
                () -> producer.send(List.of(tombstone)).thenAccept(outcome -> answer(context, outcome, results)));
    }

    private byte[] body(Context context) {
        try {
            byte[] body = context.req().getInputStream().readNBytes(maxRequestBytes + 1);
            if (body.length > maxRequestBytes) {
                throw tooLarge("a request must have at most %d bytes".formatted(maxRequestBytes));
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseTooLarge(EventResult only) {
        only.refusal().filter(why -> why.reason() == Reason.TOO_LARGE).ifPresent(why -> {
            throw tooLarge(why.message());
        });
    }

    private static ProblemException tooLarge(String detail) {
        return new ProblemException(413, "Too large", detail);
    }

    private void answer(Context context, Outcome outcome, List<EventResult> results) {
        switch (outcome) {
            case ACKNOWLEDGED -> answer(context, results);
            case BUSY ->
                throw new ProblemException(
                        new Problem(429, "Too many events", "too many events wait for Kafka; try again soon", SOON));
            case UNAVAILABLE ->
                throw new ProblemException(new Problem(
                        503,
                        "Kafka unavailable",
                        "Kafka did not take the events in time; sending them again is safe",
                        SOON));
        }
    }

    private void answer(Context context, List<EventResult> results) {
        int taken = (int) results.stream().filter(EventResult::accepted).count();
        accepted.increment(taken);
        refused.increment(results.size() - taken);
        ObjectNode body = Json.mapper().createObjectNode();
        if (taken == 0) {
            body.put("type", "about:blank")
                    .put("title", "Refused")
                    .put("status", 422)
                    .put(
                            "detail",
                            results.get(0).refusal().map(Refusal::message).orElse(""));
        }
        body.put("accepted", taken).put("refused", results.size() - taken);
        ArrayNode each = body.putArray("results");
        results.forEach(result -> result.write(each.addObject(), kind.nameField()));
        context.status(taken == 0 ? 422 : taken == results.size() ? 202 : 207)
                .contentType(taken == 0 ? Problem.CONTENT_TYPE : "application/json")
                .result(Json.write(body));
    }
}
