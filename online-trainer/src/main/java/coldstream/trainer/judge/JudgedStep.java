package coldstream.trainer.judge;

import coldstream.domain.ScoredEvent;
import java.util.List;
import java.util.Map;

/**
 * A step as the judge sees it.
 *
 * @param fromOffsets next offset to read before the step, by {@code topic-partition}
 * @param toOffsets the same behind it
 * @param events with what the live weights predicted before they learnt from them
 */
public record JudgedStep(
        long step, Map<String, Long> fromOffsets, Map<String, Long> toOffsets, List<ScoredEvent> events) {

    public JudgedStep {
        fromOffsets = Map.copyOf(fromOffsets);
        toOffsets = Map.copyOf(toOffsets);
        events = List.copyOf(events);
    }

    /** The same step with its first events alone: at most so many, of at most so many rows. */
    JudgedStep first(int most, int mostRows) {
        int rows = 0;
        int count = 0;
        while (count < Math.min(most, events.size())) {
            rows += 1 + events.get(count).negatives().size();
            if (rows > mostRows) {
                break;
            }
            count++;
        }
        return count == events.size() ? this : new JudgedStep(step, fromOffsets, toOffsets, events.subList(0, count));
    }
}
