package coldstream.trainer.in;

import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.testkit.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Input topics in memory, read in random portions. What was written outlives every reader. */
final class FakeInputs implements Inputs {

    private final Map<InputPartition, List<Entry>> log;
    private final Random random;
    private final Map<InputPartition, Integer> read = new HashMap<>();

    FakeInputs(Map<InputPartition, List<Entry>> log, Random random) {
        this.log = log;
        this.random = random;
    }

    static InputPartition partition(Input input, int partition) {
        return new InputPartition(input, new TopicPartition(input.name().toLowerCase(Locale.ROOT), partition));
    }

    /** A log of one partition of items, vectors, scores and profiles, and two of samples, with gaps and unreadable records. */
    static Map<InputPartition, List<Entry>> randomLog(Random random, int records) {
        var log = new TreeMap<InputPartition, List<Entry>>();
        var next = new HashMap<InputPartition, Long>();
        for (InputPartition partition : List.of(
                partition(Input.ITEMS, 0),
                partition(Input.VECTORS, 0),
                partition(Input.SCORES, 0),
                partition(Input.PROFILES, 0),
                partition(Input.SAMPLES, 0),
                partition(Input.SAMPLES, 1))) {
            log.put(partition, new ArrayList<>());
            next.put(partition, 0L);
        }
        var partitions = List.copyOf(log.keySet());
        for (int i = 0; i < records; i++) {
            InputPartition partition = partitions.get(random.nextInt(partitions.size()));
            long offset = next.merge(partition, 1L + random.nextInt(3), Long::sum) - 1;
            Objects.requireNonNull(log.get(partition)).add(entry(partition, offset, random.nextInt(20) == 0));
        }
        return log;
    }

    static Entry entry(InputPartition partition, long offset, boolean unreadable) {
        String id = partition.name() + "@" + offset;
        if (unreadable) {
            var record = new ConsumerRecord<>(
                    partition.partition().topic(), partition.partition().partition(), offset, new byte[0], new byte[0]);
            return new Entry.Unreadable(offset, new DeadLetter(record, new IllegalArgumentException(id)));
        }
        return switch (partition.input()) {
            case ITEMS ->
                new Entry.Items(
                        offset,
                        new ItemChange(new ItemId(id), Optional.of(Examples.item(new ItemId(id), "title of " + id))));
            case VECTORS -> new Entry.Vectors(offset, vector(id));
            case SCORES -> new Entry.Scores(offset, scores(id));
            case PROFILES -> new Entry.Profiles(offset, Examples.profile(new UserId(id), offset));
            case SAMPLES ->
                new Entry.Samples(
                        offset,
                        Examples.sample(
                                id, Examples.ANN, Examples.FILM, List.of(), offset, Examples.NOON.plusSeconds(offset)));
        };
    }

    private static ItemVector vector(String id) {
        return Examples.vector(new ItemId(id), 1);
    }

    private static SoftScores scores(String id) {
        return Examples.scores(id, Examples.ANN);
    }

    @Override
    public void open(SortedMap<String, Long> offsets, InputBuffers buffers) {
        log.forEach((partition, entries) -> {
            long offset = offsets.getOrDefault(partition.name(), 0L);
            int index = 0;
            while (index < entries.size() && entries.get(index).offset() < offset) {
                index++;
            }
            read.put(partition, index);
            buffers.open(partition, offset);
        });
    }

    @Override
    public void poll(Duration wait, InputBuffers buffers) {
        log.forEach((partition, entries) -> {
            int from = read.getOrDefault(partition, 0);
            int to = Math.min(entries.size(), from + random.nextInt(8));
            entries.subList(from, to).forEach(entry -> buffers.add(partition, entry));
            read.put(partition, to);
            long position =
                    to == entries.size() ? end(entries) : entries.get(to).offset();
            buffers.readTo(partition, position, end(entries) - position);
        });
    }

    @Override
    public SortedMap<InputPartition, Long> ends(InputBuffers buffers) {
        var ends = new TreeMap<InputPartition, Long>();
        log.forEach((partition, entries) -> ends.put(partition, end(entries)));
        return ends;
    }

    private static long end(List<Entry> entries) {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).offset() + 1;
    }

    @Override
    public void close() {}
}
