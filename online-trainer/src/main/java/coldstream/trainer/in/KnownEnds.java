package coldstream.trainer.in;

import static coldstream.trainer.in.MismatchException.require;

import coldstream.wire.StepRecord;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far the input topics go, as of when that was asked last. Not thread-safe. */
final class KnownEnds {

    private final Inputs inputs;
    private final InputBuffers buffers;
    private SortedMap<InputPartition, Long> ends = new TreeMap<>();

    KnownEnds(Inputs inputs, InputBuffers buffers) {
        this.inputs = inputs;
        this.buffers = buffers;
    }

    void ask() {
        ends = inputs.ends(buffers);
    }

    /** Whether records are known to exist up to these offsets. */
    boolean reach(SortedMap<InputPartition, Long> offsets) {
        return offsets.entrySet().stream().allMatch(each -> end(each.getKey()) >= each.getValue());
    }

    /** @throws MismatchException if a step took records that do not exist */
    void requireReach(StepRecord record, SortedMap<InputPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> require(
                end(partition) >= offset,
                "step %d must find %s up to offset %d, got its end at %d: records are gone",
                record.step(),
                partition.name(),
                offset,
                end(partition)));
    }

    /** Whether some inputs were read up to here. */
    boolean areRead(Set<Input> some) {
        return ends.entrySet().stream()
                .filter(each -> some.contains(each.getKey().input()))
                .allMatch(each -> buffers.covers(each.getKey(), each.getValue()));
    }

    private long end(InputPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }
}
