package coldstream.trainer;

import coldstream.trainer.in.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was read and not learnt, over all runs of the model. Counted in samples, read = trained + skipped.
 *
 * @param steps of which something was not learnt
 * @param samples not learnt: those of skipped steps, and refused ones
 * @param refused input records of any kind that steps could not be applied with, now dead letters
 * @param inARow how many of the latest steps with samples, without one learnt whole in between
 * @param last the latest; empty if there was none
 */
public record Skips(long steps, long samples, long refused, int inARow, Optional<Skip> last) {

    static final Skips NONE = new Skips(0, 0, 0, 0, Optional.empty());

    /**
     * A step that was not learnt as it was.
     *
     * @param reason the rule that did not hold, and the value
     * @param offsets of the records the step took, by {@code topic-partition}
     */
    public record Skip(long step, String reason, Map<String, Range> offsets) {

        @Override
        public String toString() {
            return "step %d: %s, offsets %s".formatted(step, reason, new TreeMap<>(offsets));
        }
    }

    /** Offsets from the first to before the second. */
    public record Range(long from, long to) {

        @Override
        public String toString() {
            return from + " to " + (to - 1);
        }
    }

    /**
     * These and one more step.
     *
     * @param before next offsets before the step
     * @param skipped why nothing was learnt of its samples, if so
     * @param refusals why, of every record it was applied without
     */
    Skips and(Step step, Map<String, Long> before, Optional<String> skipped, List<String> refusals) {
        if (skipped.isEmpty() && refusals.isEmpty()) {
            return step.samples().isEmpty() ? this : new Skips(steps, samples, refused, 0, last);
        }
        int trained = skipped.isPresent() ? 0 : step.samples().size();
        Map<String, Range> offsets = new TreeMap<>();
        step.record().offsets().forEach((partition, to) -> {
            long from = before.getOrDefault(partition, 0L);
            if (from < to) {
                offsets.put(partition, new Range(from, to));
            }
        });
        String reason = skipped.orElseGet(() -> refusals.get(0));
        return new Skips(
                steps + 1,
                samples + step.record().samples() - trained,
                refused + refusals.size(),
                inARow + 1,
                Optional.of(new Skip(step.record().step(), reason, offsets)));
    }
}
