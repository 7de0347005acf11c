package coldstream.wire;

import static coldstream.domain.Check.check;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One step of training as the trainer's journal keeps it: enough to take the same step again.
 *
 * <p>Record 0 opens a journal: its offsets are where learning began, and it has no samples.
 *
 * @param formatVersion of this record, now {@value #FORMAT_VERSION}
 * @param model name of the model
 * @param step 0 for the opening record, then without a gap
 * @param offsets next offset to read, by {@code topic-partition}, of every input once the step is applied
 * @param samples samples in the step, to notice an input that is no longer what it was
 * @param seed of the model's random choices
 * @param configHash sha256 of every setting that changes what is learnt
 */
public record StepRecord(
        int formatVersion,
        String model,
        long step,
        SortedMap<String, Long> offsets,
        int samples,
        long seed,
        String configHash) {

    public static final int FORMAT_VERSION = 1;

    public StepRecord {
        check(formatVersion == FORMAT_VERSION, "step format must be %d, got %d", FORMAT_VERSION, formatVersion);
        check(step >= 0, "step must not be negative, got %d", step);
        check(samples >= 0, "samples must not be negative, got %d", samples);
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }
}
