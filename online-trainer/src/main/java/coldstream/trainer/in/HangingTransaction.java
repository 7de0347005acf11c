package coldstream.trainer.in;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction of an earlier holder that was acknowledged and yet never shows.
 *
 * <p>Kafka acknowledges a commit before its markers are written. A broker that stops in between may, once started again, take
 * the partition for deleted and leave the marker out: the records stay behind the last stable offset for ever, with no
 * transaction the coordinator knows of. A marker closes whatever its producer left open in the partition, so one more
 * transaction of the same transactional id makes them show.
 */
final class HangingTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(HangingTransaction.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final TopicPartition partition;
    private final Supplier<Admin> admins;

    HangingTransaction(TopicPartition partition, Supplier<Admin> admins) {
        this.partition = partition;
        this.admins = admins;
    }

    /**
     * Closes it, if there is one.
     *
     * @param producer the only one that may write to the partition, with no transaction of its own under way
     * @throws TimeoutException if the broker does not show all of the partition in time
     */
    void settle(Producer<byte[], byte[]> producer) {
        try (Admin admin = admins.get()) {
            long all = end(admin, IsolationLevel.READ_UNCOMMITTED);
            long shown = end(admin, IsolationLevel.READ_COMMITTED);
            if (shown >= all) {
                return;
            }
            LOG.atWarn()
                    .addKeyValue("partition", partition)
                    .addKeyValue("shown", shown)
                    .addKeyValue("written", all)
                    .log("acknowledged records do not show, closing their transaction");
            producer.beginTransaction();
            Future<RecordMetadata> seal = producer.send(JournalEntry.seal(partition));
            producer.commitTransaction();
            awaitShown(admin, KafkaJournal.offset(seal));
        }
    }

    private void awaitShown(Admin admin, long offset) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (end(admin, IsolationLevel.READ_COMMITTED) <= offset) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("all of " + partition + " must show up to offset " + offset);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private long end(Admin admin, IsolationLevel isolation) {
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                    .partitionResult(partition)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .offset();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("the end of " + partition + " must be known", e);
        }
    }
}
