package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestTimeTest {

    private final IngestTime time = new IngestTime(Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC));

    @ParameterizedTest(name = "record at {0}, header {1}: {2}")
    @CsvSource({
        "700, , 700", // as Kafka says
        "700, 600, 600", // sent on from an earlier stop
        "700, 800, 700", // no stop is later than the record
        "700, soon, 700", // somebody else's header
        "700, -5, 700",
        "2000, , 1000", // a clock that runs ahead
        "-1, , 0" // no time at all
    })
    void isTheEarliestArrivalAndNeverInTheFuture(long timestamp, String header, long expected) {
        var headers = new RecordHeaders();
        Optional.ofNullable(header).ifPresent(text -> headers.add(IngestTime.HEADER, text.getBytes(UTF_8)));
        var record = new ConsumerRecord<Object, Object>(
                "topic", 0, 0, timestamp, TimestampType.CREATE_TIME, 0, 0, "key", "value", headers, Optional.empty());

        assertThat(time.extract(record, 0)).isEqualTo(expected);
    }
}
