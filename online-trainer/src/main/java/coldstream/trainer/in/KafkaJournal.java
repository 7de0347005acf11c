package coldstream.trainer.in;

import coldstream.wire.StepRecord;
import coldstream.wire.StepVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in a topic of one partition. Each append is one transaction, so a step and its dead letters are there
 * together or not at all, and Kafka fences an earlier holder of the same transactional id.
 */
final class KafkaJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaJournal.class);
    private static final Duration TRIM = Duration.ofSeconds(15);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final TopicPartition partition;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<Admin> admins;
    private @Nullable Producer<byte[], byte[]> producer;
    private long end;

    /**
     * @param topic of one partition
     * @param producers new producers, all of one transactional id
     * @param consumers new consumers of committed records
     * @param admins new clients that may delete records of the topic
     */
    KafkaJournal(
            String topic,
            Supplier<Producer<byte[], byte[]>> producers,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Admin> admins) {
        this.partition = new TopicPartition(topic, 0);
        this.producers = producers;
        this.consumers = consumers;
        this.admins = admins;
    }

    @Override
    public synchronized Reading open(long offset) {
        takeOver();
        JournalReading opened = reading(offset);
        end = opened.end();
        return opened;
    }

    @Override
    public Reading read(long offset) {
        return reading(offset);
    }

    private JournalReading reading(long offset) {
        return JournalReading.of(partition, consumers, offset);
    }

    @Override
    public long append(StepRecord record, List<DeadLetter> letters) {
        return append(JournalEntry.of(record), letters);
    }

    @Override
    public void append(StepVerdict verdict, List<DeadLetter> letters) {
        append(JournalEntry.of(verdict), letters);
    }

    private synchronized long append(JournalEntry entry, List<DeadLetter> letters) {
        while (true) {
            try {
                end = write(entry, letters);
                return end;
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                LOG.atWarn()
                        .addKeyValue("step", entry.step())
                        .addKeyValue("why", e.toString())
                        .log("journal append in doubt");
                abandon();
                takeOver();
                if (found(entry)) {
                    return end;
                }
            }
        }
    }

    private long write(JournalEntry entry, List<DeadLetter> letters) {
        Producer<byte[], byte[]> current = Objects.requireNonNull(producer, "the journal must be open");
        current.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        letters.forEach(letter -> sent.add(current.send(letter.toRecord())));
        sent.add(current.send(entry.toRecord(partition)));
        current.commitTransaction();
        return offset(sent.get(letters.size())) + 1;
    }

    @Override
    public void trim(long offset) {
        try (Admin admin = admins.get()) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get(TRIM.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("offset", offset)
                    .addKeyValue("why", e.toString())
                    .log("journal not trimmed, the next snapshot tries again");
        }
    }

    static long offset(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Gives a failed transaction up; a holder that was replaced learns it here. */
    private void abandon() {
        try {
            Objects.requireNonNull(producer).abortTransaction();
        } catch (ProducerFencedException e) {
            throw replaced(e);
        } catch (KafkaException | IllegalStateException e) {
            LOG.atDebug().addKeyValue("why", e.toString()).log("transaction not aborted");
        }
        Objects.requireNonNull(producer).close(CLOSE);
        producer = null;
    }

    /** Settles whatever an earlier holder left open; from then on only this one can append. */
    private void takeOver() {
        while (true) {
            Producer<byte[], byte[]> created = producers.get();
            try {
                created.initTransactions();
                new HangingTransaction(partition, admins).settle(created);
                producer = created;
                return;
            } catch (InterruptException e) {
                created.close(Duration.ZERO);
                throw e;
            } catch (TimeoutException e) {
                created.close(Duration.ZERO);
                LOG.atWarn().addKeyValue("why", e.toString()).log("journal out of reach");
            }
        }
    }

    /** Whether an append in doubt was written after all. */
    private boolean found(JournalEntry entry) {
        try (JournalReading behind = reading(end)) {
            Optional<JournalReading.Located> first = behind.entry();
            if (first.isEmpty()) {
                return false;
            }
            if (!first.get().entry().equals(entry) || behind.entry().isPresent()) {
                throw replaced(null);
            }
            end = first.get().nextOffset();
            return true;
        }
    }

    private MismatchException replaced(@Nullable Exception cause) {
        return new MismatchException(
                "a model must have one trainer, got another one that took over the journal " + partition.topic(),
                cause);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE);
        }
    }
}
