package coldstream.trainer.in;

import static coldstream.trainer.in.MismatchException.require;

import coldstream.trainer.in.Journal.Recorded;
import coldstream.wire.Json;
import coldstream.wire.StepVerdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a journal's topic from an offset to what was the end when it began; closes itself there. A verdict stands behind the
 * step it is on, and behind later steps, so it looks for verdicts first.
 */
final class JournalReading implements Journal.Reading {

    private static final Duration WAIT = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final TopicPartition partition;
    private final Consumer<byte[], byte[]> consumer;
    private final long end;
    private final Map<Long, StepVerdict> verdicts = new HashMap<>();
    private final Queue<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();
    private Optional<Recorded> ahead = Optional.empty();
    private boolean closed;

    private JournalReading(TopicPartition partition, Consumer<byte[], byte[]> consumer, long offset) {
        this.partition = partition;
        this.consumer = consumer;
        var partitions = List.of(partition);
        consumer.assign(partitions);
        long begin =
                Objects.requireNonNull(consumer.beginningOffsets(partitions).get(partition));
        end = Objects.requireNonNull(consumer.endOffsets(partitions).get(partition));
        require(
                begin <= offset && offset <= end,
                "the journal %s must still have offset %d where training goes on, got offsets %d to %d",
                partition.topic(),
                offset,
                begin,
                end);
        consumer.seek(partition, offset);
        findVerdicts();
        consumer.seek(partition, offset);
    }

    static JournalReading of(TopicPartition partition, Supplier<Consumer<byte[], byte[]>> consumers, long offset) {
        Consumer<byte[], byte[]> consumer = consumers.get();
        try {
            return new JournalReading(partition, consumer, offset);
        } catch (RuntimeException e) {
            consumer.close(CloseOptions.timeout(CLOSE));
            throw e;
        }
    }

    private void findVerdicts() {
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                if (record.offset() < end && JournalEntry.isVerdict(record)) {
                    var verdict = Json.read(record.value(), StepVerdict.class);
                    verdicts.put(verdict.step(), verdict);
                }
            }
        }
    }

    /** Where it ends. */
    long end() {
        return end;
    }

    /** The next entry of either kind. */
    Optional<Located> entry() {
        while (read.isEmpty() && !closed) {
            if (consumer.position(partition) >= end) {
                close();
            } else {
                consumer.poll(WAIT).records(partition).stream()
                        .filter(record -> record.offset() < end && !JournalEntry.isSeal(record))
                        .forEach(read::add);
            }
        }
        ConsumerRecord<byte[], byte[]> record = read.poll();
        return record == null
                ? Optional.empty()
                : Optional.of(new Located(JournalEntry.read(record), record.offset() + 1));
    }

    /** An entry and the offset behind it. */
    record Located(JournalEntry entry, long nextOffset) {}

    @Override
    public boolean hasNext() {
        while (ahead.isEmpty()) {
            Optional<Located> next = entry();
            if (next.isEmpty()) {
                return false;
            }
            if (next.get().entry() instanceof JournalEntry.Taken taken) {
                Optional<StepVerdict> verdict = Optional.ofNullable(verdicts.get(taken.step()));
                ahead = Optional.of(
                        new Recorded(taken.record(), verdict, next.get().nextOffset()));
            }
        }
        return true;
    }

    @Override
    public Recorded next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Recorded next = ahead.orElseThrow();
        ahead = Optional.empty();
        return next;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }
}
