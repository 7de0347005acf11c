package coldstream.trainer.in;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.wire.Json;
import coldstream.wire.StepRecord;
import coldstream.wire.StepVerdict;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What a record of the journal's topic holds: a step, or a verdict on one, which a header tells. */
sealed interface JournalEntry {

    /** Header of what is no step. */
    String KIND = "coldstream.kind";

    String VERDICT = "verdict";
    String SEAL = "seal";

    /** A step that was taken. */
    record Taken(StepRecord record) implements JournalEntry {}

    /** What became of one. */
    record Judged(StepVerdict verdict) implements JournalEntry {}

    static JournalEntry of(StepRecord record) {
        return new Taken(record);
    }

    static JournalEntry of(StepVerdict verdict) {
        return new Judged(verdict);
    }

    static JournalEntry read(ConsumerRecord<byte[], byte[]> record) {
        return isVerdict(record)
                ? new Judged(Json.read(record.value(), StepVerdict.class))
                : new Taken(Json.read(record.value(), StepRecord.class));
    }

    static boolean isVerdict(ConsumerRecord<byte[], byte[]> record) {
        return isKind(record, VERDICT);
    }

    /** Whether a record says nothing and only closes a transaction, see {@link HangingTransaction}. */
    static boolean isSeal(ConsumerRecord<byte[], byte[]> record) {
        return isKind(record, SEAL);
    }

    private static boolean isKind(ConsumerRecord<byte[], byte[]> record, String kind) {
        Header header = record.headers().lastHeader(KIND);
        return header != null && kind.equals(new String(header.value(), UTF_8));
    }

    /** A record without content. */
    static ProducerRecord<byte[], byte[]> seal(TopicPartition to) {
        return new ProducerRecord<>(
                to.topic(), to.partition(), null, null, null, List.of(new RecordHeader(KIND, SEAL.getBytes(UTF_8))));
    }

    /** Number of the step. */
    default long step() {
        return this instanceof Taken taken ? taken.record.step() : ((Judged) this).verdict.step();
    }

    default ProducerRecord<byte[], byte[]> toRecord(TopicPartition to) {
        if (this instanceof Taken taken) {
            return new ProducerRecord<>(
                    to.topic(), to.partition(), taken.record.model().getBytes(UTF_8), Json.write(taken.record));
        }
        StepVerdict verdict = ((Judged) this).verdict;
        return new ProducerRecord<>(
                to.topic(),
                to.partition(),
                null,
                verdict.model().getBytes(UTF_8),
                Json.write(verdict),
                List.of(new RecordHeader(KIND, VERDICT.getBytes(UTF_8))));
    }
}
