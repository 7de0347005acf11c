package coldstream.wire;

import static coldstream.domain.Check.check;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One step of training as the trainer's journal keeps it: enough to take the same step again.
 *
 * <p>Record 0 opens a journal: its offsets are where learning began, and it has no samples.
 *
 * @param formatVersion of this record: {@value #FORMAT_VERSION}, or {@value #WITH_DIRECTIVES} with directives, which an older
 *     program must not overlook
 * @param model name of the model
 * @param step 0 for the opening record, then without a gap
 * @param offsets next offset to read, by {@code topic-partition}, of every input once the step is applied
 * @param samples samples in the step, to notice an input that is no longer what it was
 * @param seed of the model's random choices
 * @param configHash sha256 of every setting that changes what is learnt
 * @param directives done before anything else of the step, in order; empty rather than without any
 */
public record StepRecord(
        int formatVersion,
        String model,
        long step,
        SortedMap<String, Long> offsets,
        int samples,
        long seed,
        String configHash,
        Optional<List<Directive>> directives) {

    public static final int FORMAT_VERSION = 1;
    static final int WITH_DIRECTIVES = 2;

    public StepRecord {
        check(
                formatVersion == FORMAT_VERSION || formatVersion == WITH_DIRECTIVES,
                "step format must be %d or %d, got %d",
                FORMAT_VERSION,
                WITH_DIRECTIVES,
                formatVersion);
        directives = directives.map(List::copyOf).filter(given -> !given.isEmpty());
        check(
                directives.isPresent() == (formatVersion == WITH_DIRECTIVES),
                "a step must have format %d if it has directives, and only then, got %d",
                WITH_DIRECTIVES,
                formatVersion);
        check(step >= 0, "step must not be negative, got %d", step);
        check(samples >= 0, "samples must not be negative, got %d", samples);
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    /** A step without directives. */
    public StepRecord(
            int formatVersion,
            String model,
            long step,
            SortedMap<String, Long> offsets,
            int samples,
            long seed,
            String configHash) {
        this(formatVersion, model, step, offsets, samples, seed, configHash, Optional.empty());
    }

    /** The same step with something done first. */
    public StepRecord with(List<Directive> given) {
        int version = given.isEmpty() ? FORMAT_VERSION : WITH_DIRECTIVES;
        return new StepRecord(version, model, step, offsets, samples, seed, configHash, Optional.of(given));
    }
}
