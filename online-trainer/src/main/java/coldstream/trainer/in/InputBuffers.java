package coldstream.trainer.in;

import static coldstream.domain.Check.check;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was read and not yet handed to a step, by partition, in offset order. Not thread-safe.
 *
 * <p>The <em>taken</em> offset of a partition is the next one to hand over; its <em>position</em> the next one to read.
 * Everything between the two that exists is here.
 */
final class InputBuffers {

    /** Entries of a partition at which reading it pauses, and half of which it starts again. */
    static final int FULL = 2_000;

    private final SortedMap<InputPartition, Buffer> buffers = new TreeMap<>();

    private static final class Buffer {
        final ArrayDeque<Entry> entries = new ArrayDeque<>();
        long taken;
        long position;
        long unread;
    }

    /** Starts a partition, at the next offset to hand over. */
    void open(InputPartition partition, long offset) {
        var buffer = new Buffer();
        buffer.taken = offset;
        buffer.position = offset;
        buffers.put(partition, buffer);
    }

    SortedSet<InputPartition> partitions() {
        return new TreeSet<>(buffers.keySet());
    }

    void add(InputPartition partition, Entry entry) {
        Buffer buffer = get(partition);
        check(
                entry.offset() >= buffer.position,
                "offsets of %s must rise, got %d after %d",
                partition.name(),
                entry.offset(),
                buffer.position);
        buffer.entries.add(entry);
        buffer.position = entry.offset() + 1;
    }

    /**
     * Notes how far a partition was read, past what compaction and transactions left out.
     *
     * @param unread offsets known to lie behind the position
     */
    void readTo(InputPartition partition, long position, long unread) {
        Buffer buffer = get(partition);
        buffer.position = Math.max(buffer.position, position);
        buffer.unread = unread;
    }

    /** Whether everything below the offset that exists was read. */
    boolean covers(InputPartition partition, long offset) {
        Buffer buffer = buffers.get(partition);
        return buffer != null && buffer.position >= offset;
    }

    boolean isFull(InputPartition partition) {
        return get(partition).entries.size() >= FULL;
    }

    boolean isHalfEmpty(InputPartition partition) {
        return get(partition).entries.size() <= FULL / 2;
    }

    /** Entries waiting here, and offsets known to lie behind them. */
    long lag(InputPartition partition) {
        Buffer buffer = get(partition);
        return buffer.entries.size() + buffer.unread;
    }

    /** Entries waiting in all partitions of an input. */
    int waiting(Input input) {
        int sum = 0;
        for (var each : buffers.entrySet()) {
            if (each.getKey().input() == input) {
                sum += each.getValue().entries.size();
            }
        }
        return sum;
    }

    /** Whether a partition of an input has nothing waiting although more of it is known to exist. */
    boolean isStarved(Input input) {
        return buffers.entrySet().stream()
                .anyMatch(each -> each.getKey().input() == input
                        && each.getValue().entries.isEmpty()
                        && each.getValue().unread > 0);
    }

    /** The taken offset of every partition. */
    SortedMap<InputPartition, Long> offsets() {
        var offsets = new TreeMap<InputPartition, Long>();
        buffers.forEach((partition, buffer) -> offsets.put(partition, buffer.taken));
        return offsets;
    }

    /**
     * The offsets reached by taking up to {@code most} entries of an input, always the earliest among the partitions'
     * heads, so that one partition does not run ahead of another in event time.
     */
    SortedMap<InputPartition, Long> earliest(Input input, int most) {
        var heads = new PriorityQueue<Head>(Comparator.comparing(Head::time).thenComparing(Head::partition));
        buffers.forEach((partition, buffer) -> {
            if (partition.input() == input) {
                push(heads, partition, buffer.entries.iterator());
            }
        });
        var reached = new TreeMap<InputPartition, Long>();
        for (int left = most; left > 0 && !heads.isEmpty(); left--) {
            Head head = heads.remove();
            reached.put(head.partition, head.entry.offset() + 1);
            push(heads, head.partition, head.rest);
        }
        return reached;
    }

    private static void push(PriorityQueue<Head> heads, InputPartition partition, Iterator<Entry> rest) {
        if (rest.hasNext()) {
            heads.add(new Head(partition, rest.next(), rest));
        }
    }

    private record Head(InputPartition partition, Entry entry, Iterator<Entry> rest) {
        Instant time() {
            return entry.time();
        }
    }

    /** Hands over everything below the given offsets; the taken offsets become the given ones. */
    StepContents take(SortedMap<InputPartition, Long> reached) {
        var contents = new StepContents();
        reached.forEach((partition, offset) -> {
            Buffer buffer = get(partition);
            while (!buffer.entries.isEmpty() && buffer.entries.element().offset() < offset) {
                contents.add(partition, buffer.entries.remove());
            }
            buffer.taken = Math.max(buffer.taken, offset);
        });
        return contents;
    }

    private Buffer get(InputPartition partition) {
        return Objects.requireNonNull(buffers.get(partition), () -> partition.name() + " is not open");
    }
}
