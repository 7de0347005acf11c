package coldstream.wire;

import static coldstream.domain.Check.check;

import java.util.List;
import java.util.Optional;

/**
 * What became of a journalled step that was not learnt as it was. The journal holds it behind the step, and before any snapshot
 * that contains the step, so that a restart leaves out the same.
 *
 * @param formatVersion of this record, now {@value #FORMAT_VERSION}
 * @param model name of the model
 * @param step number of the step
 * @param skipped why nothing was learnt of its samples, if so
 * @param refused input records it was applied without
 */
public record StepVerdict(int formatVersion, String model, long step, Optional<String> skipped, List<Refusal> refused) {

    public static final int FORMAT_VERSION = 1;

    /**
     * An input record that could not be applied, and went to the dead letters.
     *
     * @param partition as {@code topic-partition}
     * @param offset in it
     */
    public record Refusal(String partition, long offset, String reason) {}

    public StepVerdict {
        check(formatVersion == FORMAT_VERSION, "verdict format must be %d, got %d", FORMAT_VERSION, formatVersion);
        check(step >= 1, "a verdict must be on a step from 1, got %d", step);
        refused = List.copyOf(refused);
    }
}
