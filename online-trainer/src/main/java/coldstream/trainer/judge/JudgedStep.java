package coldstream.trainer.judge;

import static coldstream.domain.Check.check;

import coldstream.domain.ScoredEvent;
import coldstream.domain.UserContext;
import coldstream.trainer.learning.Said;
import coldstream.trainer.learning.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A step as the judge sees it.
 *
 * @param fromOffsets next offset to read before the step, by {@code topic-partition}
 * @param toOffsets the same behind it
 * @param events with what the live weights predicted before they learnt from them
 * @param said of each event's user before it
 */
public record JudgedStep(
        long step,
        Map<String, Long> fromOffsets,
        Map<String, Long> toOffsets,
        List<ScoredEvent> events,
        List<Said> said) {

    public JudgedStep {
        fromOffsets = Map.copyOf(fromOffsets);
        toOffsets = Map.copyOf(toOffsets);
        events = List.copyOf(events);
        said = List.copyOf(said);
        check(said.size() == events.size(), "something is said of %d users, got %d", events.size(), said.size());
    }

    /** What a step came to between two places in the stream. */
    public static JudgedStep of(StepResult found, long step, Map<String, Long> from, Map<String, Long> to) {
        return new JudgedStep(step, from, to, found.events(), found.said());
    }

    /** The users of the events, each as serving would have known them just before. */
    public List<UserContext> users() {
        List<UserContext> users = new ArrayList<>(events.size());
        for (int k = 0; k < events.size(); k++) {
            users.add(said.get(k).user(events.get(k).sample()));
        }
        return users;
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
        return count == events.size()
                ? this
                : new JudgedStep(step, fromOffsets, toOffsets, events.subList(0, count), said.subList(0, count));
    }
}
