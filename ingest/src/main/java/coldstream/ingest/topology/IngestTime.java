package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * When an event reached Coldstream: the header {@value #HEADER} (milliseconds since 1970) where an earlier stop left one,
 * else the record's own timestamp. The topology's clock; what happened when is a matter of the events themselves.
 */
final class IngestTime implements TimestampExtractor {

    /** Header that keeps the time of a record that is sent on. */
    static final String HEADER = "ingest_time";

    private final Clock clock;

    /** @param clock nothing arrives later than it says; Kafka would not take a record from the future further on */
    IngestTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long arrived = Math.max(0, Math.min(record.timestamp(), clock.millis()));
        Header header = record.headers().lastHeader(HEADER);
        if (header != null && header.value() != null) {
            try {
                long earlier = Long.parseLong(new String(header.value(), UTF_8));
                return earlier >= 0 && earlier < arrived ? earlier : arrived;
            } catch (NumberFormatException e) {
                // falls through: somebody else's header of the same name
            }
        }
        return arrived;
    }

    static Headers put(Headers headers, long time) {
        Headers all = new RecordHeaders(headers);
        all.remove(HEADER);
        all.add(HEADER, Long.toString(time).getBytes(UTF_8));
        return all;
    }
}
