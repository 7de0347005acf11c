package coldstream.console.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that nobody could process.
 *
 * @param topic it was read from, and would go back to
 * @param time when it died
 * @param reason its kind, such as MISSING_FIELD
 * @param message why, in words
 * @param origin where it was read, as far as its headers say
 * @param headers its own, without those that say why it is dead
 * @param replayed when it was sent again, if it was
 */
public record Letter(
        String id,
        String topic,
        String deadLetterTopic,
        int partition,
        long offset,
        Instant time,
        String reason,
        String message,
        Optional<Origin> origin,
        Content key,
        Content value,
        List<Named> headers,
        Optional<Instant> replayed) {

    /** What the names of headers that say why a record is dead begin with (KIP-1034). */
    static final String ERRORS = "__streams.errors.";

    static final String SUFFIX = ".dlq";

    private static final int MAX_REASON = 100;
    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_HEADERS = 50;
    private static final int MAX_HEADER = 500;

    /** Where a record was. */
    public record Origin(String topic, int partition, long offset) {}

    /** A header, as text. */
    public record Named(String name, String value) {}

    public Letter {
        headers = List.copyOf(headers);
    }

    /** @param most bytes of key and of value that are shown */
    static Letter of(ConsumerRecord<byte[], byte[]> record, int most, Optional<Instant> replayed) {
        return new Letter(
                new LetterId(record.topic(), record.partition(), record.offset()).toString(),
                original(record.topic()),
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                reason(record),
                cut(header(record, "message"), MAX_MESSAGE),
                origin(record),
                Content.of(record.key(), most),
                Content.of(record.value(), most),
                headers(record),
                replayed);
    }

    /** The topic whose dead letters these are. */
    static String original(String deadLetterTopic) {
        return deadLetterTopic.substring(0, deadLetterTopic.length() - SUFFIX.length());
    }

    /** The last word of what the exception is called. */
    static String reason(ConsumerRecord<byte[], byte[]> record) {
        String exception = header(record, "exception");
        String last = exception.substring(Math.max(exception.lastIndexOf('.'), exception.lastIndexOf('$')) + 1);
        String plain = last.replaceAll("[^A-Za-z0-9_-]", "");
        return plain.isEmpty() ? "UNKNOWN" : plain.substring(0, Math.min(MAX_REASON, plain.length()));
    }

    private static Optional<Origin> origin(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(new Origin(
                    cut(header(record, "topic"), MAX_HEADER),
                    Integer.parseInt(header(record, "partition")),
                    Long.parseLong(header(record, "offset"))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static List<Named> headers(ConsumerRecord<byte[], byte[]> record) {
        List<Named> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(ERRORS) && headers.size() < MAX_HEADERS) {
                headers.add(new Named(
                        cut(header.key(), MAX_HEADER),
                        Content.of(header.value(), MAX_HEADER).text()));
            }
        }
        return headers;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(ERRORS + name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(most, text.length()));
    }
}
