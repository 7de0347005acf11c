package coldstream.scorer;

import coldstream.wire.Refusal;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Dead letters: the original key, value and headers, and why the record could not be processed in the headers that Kafka
 * Streams uses (KIP-1034), so that one tool reads all.
 */
final class DeadLetters {

    private static final String PREFIX = "__streams.errors.";

    private DeadLetters() {}

    static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, Refusal refusal) {
        Headers headers = new RecordHeaders(record.headers());
        put(headers, "exception", Refusal.class.getName() + "." + refusal.reason());
        put(headers, "message", refusal.message());
        put(headers, "topic", record.topic());
        put(headers, "partition", Integer.toString(record.partition()));
        put(headers, "offset", Long.toString(record.offset()));
        return new ProducerRecord<>(Topics.deadLetter(record.topic()), null, record.key(), record.value(), headers);
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(PREFIX + name);
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
