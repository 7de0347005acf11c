package coldstream.scorer;

import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoringClaims.Claim;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A request in the hands of this worker, from the poll that brought it to its acknowledgement.
 *
 * <p>What changes while it waits (attempts, since when money was short) belongs to the {@link WaitingRoom} that has it.
 */
final class Work {

    private final ConsumerRecord<byte[], byte[]> record;
    private final ScoreRequest request;
    private final Claim claim;
    private final double worth;
    private final BiConsumer<Work, Decision> finished;

    /** Failures of the request's own account in this delivery. */
    int failures;

    /** Attempts in this delivery, whoever they count against. */
    int attempts;

    /** {@link System#nanoTime} of the first time it was passed over for want of money; null if it never was. */
    @Nullable
    Long shortSince;

    /**
     * @param worth more is asked first
     * @param finished is told the decision, at most once, by whichever thread came to it
     */
    Work(
            ConsumerRecord<byte[], byte[]> record,
            ScoreRequest request,
            Claim claim,
            double worth,
            BiConsumer<Work, Decision> finished) {
        this.record = record;
        this.request = request;
        this.claim = claim;
        this.worth = worth;
        this.finished = finished;
    }

    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    ScoreRequest request() {
        return request;
    }

    Claim claim() {
        return claim;
    }

    double worth() {
        return worth;
    }

    void finish(Decision decision) {
        finished.accept(this, decision);
    }
}
