package coldstream.ingest.gateway;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * One event of a request as it goes to Kafka.
 *
 * @param name the id it goes by, where it says one
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record RawEvent(Headers headers, byte[] value, Optional<String> name) {}
