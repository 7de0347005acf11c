package coldstream.app.evaluate.drift;

import coldstream.app.dataset.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of one stream.
 *
 * @param events in it
 * @param warmUp events before which nothing that is raised counts
 * @param first when its first event arrived
 * @param start when its first counted event arrived
 * @param end when its last event arrived
 * @param change what changed; empty where nothing did, or where nobody knows
 * @param arms one a remedy, nothing first
 * @param spanEnds when the last event of each span of the areas over time arrived
 * @param facts what the events themselves tell of their history
 * @param perMonth events by month, such as {@code 2003-02}, in order
 */
record StreamOutcome(
        int events,
        int warmUp,
        Instant first,
        Instant start,
        Instant end,
        Optional<Change> change,
        List<ArmOutcome> arms,
        List<Instant> spanEnds,
        List<Fact> facts,
        List<Month> perMonth) {

    StreamOutcome {
        arms = List.copyOf(arms);
        spanEnds = List.copyOf(spanEnds);
        facts = List.copyOf(facts);
        perMonth = List.copyOf(perMonth);
    }

    /** Something that is so from a moment on. */
    record Fact(Instant time, String what) {}

    /** @param month such as {@code 2003-02} */
    record Month(String month, int events) {}
}
