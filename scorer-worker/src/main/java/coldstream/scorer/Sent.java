package coldstream.scorer;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** A record on its way. Ask after a flush, when the answer is known. */
final class Sent {

    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();

    private Sent() {}

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of the same
    static Sent by(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        Sent sent = new Sent();
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    sent.acknowledged.complete(null);
                } else {
                    sent.acknowledged.completeExceptionally(failure);
                }
            });
        } catch (KafkaException e) { // too large, or the producer is beyond repair
            sent.acknowledged.completeExceptionally(e);
        }
        return sent;
    }

    /** Whether Kafka has it. */
    boolean arrived() {
        return acknowledged.isDone() && !acknowledged.isCompletedExceptionally();
    }

    /** Throws unless Kafka has it. */
    void check() {
        if (!arrived()) {
            throw new KafkaException("kafka has not acknowledged a record");
        }
    }
}
