package coldstream.ingest.topology;

import coldstream.ingest.topology.Step.Dead;
import coldstream.wire.Refusal;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Dead letters: the original key, value and headers, and why the record could not be processed in the headers that Kafka
 * Streams itself uses (KIP-1034), so that one tool reads both.
 */
final class DeadLetters {

    static final String EXCEPTION = "__streams.errors.exception";
    static final String MESSAGE = "__streams.errors.message";
    static final String TOPIC = "__streams.errors.topic";
    static final String PARTITION = "__streams.errors.partition";
    static final String OFFSET = "__streams.errors.offset";

    private DeadLetters() {}

    /** The dead letter of a record that is not, and never will be, acceptable. */
    @SuppressWarnings("NullAway") // a record without a key has a dead letter without one
    static Record<byte[], Step> of(Origin origin, Headers headers, long timestamp, Refusal refusal) {
        Headers all = new RecordHeaders(headers);
        put(all, EXCEPTION, Refusal.class.getName() + "." + refusal.reason());
        put(all, MESSAGE, refusal.message());
        put(all, TOPIC, origin.topic());
        put(all, PARTITION, Integer.toString(origin.partition()));
        put(all, OFFSET, Long.toString(origin.offset()));
        return new Record<>(origin.key(), new Dead(origin.value()), timestamp, all);
    }

    /** Where a dead letter goes, by its own headers. */
    static String topic(Headers headers) {
        Header topic = headers.lastHeader(TOPIC);
        return Topics.deadLetter(new String(topic.value(), StandardCharsets.UTF_8));
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
