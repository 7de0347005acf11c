package coldstream.evaluation;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** Scored events for tests; everything that no stratum looks at is the same. */
record ScoredEvents(String user, int label, long userCount, long itemCount, boolean tail, boolean scored) {

    /** A positive of user {@code ada} with a long history, for a head item. */
    static final ScoredEvents WARM_HEAD = new ScoredEvents("ada", 1, 5, 10, false, true);

    ScoredEvents by(String other) {
        return new ScoredEvents(other, label, userCount, itemCount, tail, scored);
    }

    ScoredEvents label(int other) {
        return new ScoredEvents(user, other, userCount, itemCount, tail, scored);
    }

    ScoredEvents userCount(long count) {
        return new ScoredEvents(user, label, count, itemCount, tail, scored);
    }

    ScoredEvents newItem() {
        return new ScoredEvents(user, label, userCount, 0, false, scored);
    }

    ScoredEvents tailItem() {
        return new ScoredEvents(user, label, userCount, 1, true, scored);
    }

    ScoredEvents notScored() {
        return new ScoredEvents(user, label, userCount, itemCount, tail, false);
    }

    ScoredEvent logits(double own, Negative... negatives) {
        var at = Instant.EPOCH;
        var sample = new Sample(
                "test|1",
                new UserId(user),
                new ItemId("own"),
                label,
                OptionalDouble.empty(),
                1,
                List.of(),
                userCount,
                itemCount,
                userCount <= 3,
                tail,
                at,
                at);
        return new ScoredEvent(sample, own, List.of(negatives), scored);
    }

    static Negative head(double logit) {
        return new Negative(new ItemId("head"), logit, false);
    }

    static Negative tail(double logit) {
        return new Negative(new ItemId("tail"), logit, true);
    }
}
