package coldstream.ingest.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends the events of one request to Kafka, as long as not too many wait there already. */
final class EventProducer {

    private static final int OVERHEAD_BYTES = 100;

    /** What became of a request's events. */
    enum Outcome {
        /** Kafka has them all. */
        ACKNOWLEDGED,
        /** Too many wait already; nothing was sent. */
        BUSY,
        /** Kafka did not take them all in time; sending them again is harmless. */
        UNAVAILABLE
    }

    private final Producer<byte[], byte[]> producer;
    private final InFlight inFlight;
    private final Duration timeout;

    EventProducer(Producer<byte[], byte[]> producer, InFlight inFlight, Duration timeout) {
        this.producer = producer;
        this.inFlight = inFlight;
        this.timeout = timeout;
    }

    /** Completes with the outcome, within the timeout, and never with a failure. */
    CompletableFuture<Outcome> send(List<ProducerRecord<byte[], byte[]>> records) {
        long bytes = records.stream().mapToLong(EventProducer::size).sum();
        if (!inFlight.enter(bytes, records.size())) {
            return CompletableFuture.completedFuture(Outcome.BUSY);
        }
        List<CompletableFuture<Void>> acknowledged = new ArrayList<>(records.size());
        boolean sending = true;
        for (ProducerRecord<byte[], byte[]> record : records) {
            if (sending) {
                CompletableFuture<Void> one = sendOne(record);
                acknowledged.add(one);
                sending = !one.isCompletedExceptionally(); // each further one would have to wait for the same
            } else {
                inFlight.leave(size(record), 1);
            }
        }
        return CompletableFuture.allOf(acknowledged.toArray(new CompletableFuture<?>[0]))
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((nothing, failure) -> failure == null ? Outcome.ACKNOWLEDGED : Outcome.UNAVAILABLE);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
    private CompletableFuture<Void> sendOne(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            producer.send(record, (where, failure) -> finish(record, acknowledged, Optional.ofNullable(failure)));
        } catch (RuntimeException e) { // interrupted, or closed
            finish(record, acknowledged, Optional.of(e));
        }
        return acknowledged;
    }

    /** What was let in leaves when Kafka has answered, even where nobody waits for that any more. */
    private void finish(
            ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> acknowledged, Optional<Exception> failure) {
        boolean first = failure.map(acknowledged::completeExceptionally).orElseGet(() -> acknowledged.complete(null));
        if (first) {
            inFlight.leave(size(record), 1);
        }
    }

    private static long size(ProducerRecord<byte[], byte[]> record) {
        long key = record.key() == null ? 0 : record.key().length;
        long value = record.value() == null ? 0 : record.value().length;
        return key + value + OVERHEAD_BYTES;
    }
}
