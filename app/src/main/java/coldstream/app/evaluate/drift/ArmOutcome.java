package coldstream.app.evaluate.drift;

import coldstream.evaluation.RunAreas;
import java.util.List;

/**
 * What came of one remedy on one stream.
 *
 * @param remedy by name
 * @param raised every alarm, in order
 * @param actions done, in order
 * @param after areas over the events from the change on; where nothing changes, over the second half
 * @param overTime areas of all events in equally long spans, in order; NaN where a span has too few
 */
record ArmOutcome(String remedy, List<Raised> raised, List<Action> actions, RunAreas after, List<Double> overTime) {

    ArmOutcome {
        raised = List.copyOf(raised);
        actions = List.copyOf(actions);
    }

    /**
     * Something that was done.
     *
     * @param event number of the latest event then
     */
    record Action(String name, int event) {}
}
