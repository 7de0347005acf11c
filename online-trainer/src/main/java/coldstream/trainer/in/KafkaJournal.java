package coldstream.trainer.in;

import static coldstream.trainer.in.MismatchException.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.wire.Json;
import coldstream.wire.StepRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
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
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final TopicPartition partition;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable Reader reader;
    private long end;

    /**
     * @param topic of one partition
     * @param producers new producers, all of one transactional id
     * @param consumers new consumers of committed records
     */
    KafkaJournal(
            String topic, Supplier<Producer<byte[], byte[]>> producers, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.partition = new TopicPartition(topic, 0);
        this.producers = producers;
        this.consumers = consumers;
    }

    @Override
    public Iterator<Recorded> open(long offset) {
        takeOver();
        Reader opened = new Reader(offset);
        reader = opened;
        end = opened.end;
        return opened;
    }

    @Override
    public long append(StepRecord record, List<DeadLetter> letters) {
        while (true) {
            try {
                end = write(record, letters);
                return end;
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                LOG.atWarn()
                        .addKeyValue("step", record.step())
                        .addKeyValue("why", e.toString())
                        .log("journal append in doubt");
                abandon();
                takeOver();
                if (found(record)) {
                    return end;
                }
            }
        }
    }

    private long write(StepRecord record, List<DeadLetter> letters) {
        Producer<byte[], byte[]> current = Objects.requireNonNull(producer, "the journal must be open");
        current.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        letters.forEach(letter -> sent.add(current.send(letter.toRecord())));
        sent.add(current.send(new ProducerRecord<>(
                partition.topic(), partition.partition(), record.model().getBytes(UTF_8), Json.write(record))));
        current.commitTransaction();
        return offset(sent.get(letters.size())) + 1;
    }

    private static long offset(Future<RecordMetadata> sent) {
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
    private boolean found(StepRecord record) {
        try (Reader behind = new Reader(end)) {
            if (!behind.hasNext()) {
                return false;
            }
            Recorded last = behind.next();
            if (!last.record().equals(record) || behind.hasNext()) {
                throw replaced(null);
            }
            end = last.nextOffset();
            return true;
        }
    }

    private MismatchException replaced(@Nullable Exception cause) {
        return new MismatchException(
                "a model must have one trainer, got another one that took over the journal " + partition.topic(),
                cause);
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        if (producer != null) {
            producer.close(CLOSE);
        }
    }

    /** Reads from an offset to what was the end when it began; closes itself there. */
    private final class Reader implements Iterator<Recorded>, AutoCloseable {

        private final Consumer<byte[], byte[]> consumer = consumers.get();
        private final Queue<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();
        private final long end;
        private boolean closed;

        Reader(long offset) {
            var partitions = List.of(partition);
            consumer.assign(partitions);
            long begin =
                    Objects.requireNonNull(consumer.beginningOffsets(partitions).get(partition));
            end = Objects.requireNonNull(consumer.endOffsets(partitions).get(partition));
            if (offset < begin || offset > end) {
                close();
            }
            require(
                    begin <= offset && offset <= end,
                    "the journal %s must still have offset %d where training goes on, got offsets %d to %d",
                    partition.topic(),
                    offset,
                    begin,
                    end);
            consumer.seek(partition, offset);
        }

        @Override
        public boolean hasNext() {
            while (read.isEmpty() && !closed) {
                if (consumer.position(partition) >= end) {
                    close();
                } else {
                    consumer.poll(WAIT).forEach(read::add);
                }
            }
            return !read.isEmpty();
        }

        @Override
        public Recorded next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ConsumerRecord<byte[], byte[]> record = read.remove();
            return new Recorded(Json.read(record.value(), StepRecord.class), record.offset() + 1);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                consumer.close(CloseOptions.timeout(CLOSE));
            }
        }
    }
}
