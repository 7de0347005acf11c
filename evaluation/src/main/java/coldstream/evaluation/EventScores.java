package coldstream.evaluation;

import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Every row one arm predicted, kept one by one for exact areas and paired comparisons: about 16 bytes a row and stratum.
 *
 * <p>Events with {@link ScoredEvent#scored()} false are ignored. Not thread-safe.
 */
public final class EventScores {

    private final Map<String, Integer> users = new HashMap<>();
    private final Map<Stratum, ScoreColumns> rows = new EnumMap<>(Stratum.class);
    private long events;
    private long eventsHash;

    public EventScores() {
        for (Stratum stratum : Stratum.values()) {
            rows.put(stratum, new ScoreColumns());
        }
    }

    /** Keeps the predictions of one event. */
    public void add(ScoredEvent event) {
        if (!event.scored()) {
            return;
        }
        events++;
        eventsHash = 31 * eventsHash + event.sample().sampleId().hashCode();
        int user = users.computeIfAbsent(event.sample().user().value(), id -> users.size());
        rows.forEach((stratum, columns) -> {
            if (stratum.holds(event)) {
                columns.add(user, event.sample().label() == 1, event.logit());
            }
            for (Negative negative : event.negatives()) {
                if (stratum.holds(event, negative)) {
                    columns.add(user, false, negative.logit());
                }
            }
        });
    }

    /** The exact area of a stratum; NaN without a positive or without a negative. */
    public double auc(Stratum stratum) {
        ScoreColumns columns = rows(stratum);
        return Auc.of(columns.logits(true), columns.logits(false));
    }

    /** Users with an event that counts; they are numbered in the order of their first one. */
    int users() {
        return users.size();
    }

    ScoreColumns rows(Stratum stratum) {
        return Objects.requireNonNull(rows.get(stratum));
    }

    /** Whether both arms predicted the same events in the same order. */
    boolean sameEventsAs(EventScores other) {
        return events == other.events && eventsHash == other.eventsHash && users.equals(other.users);
    }
}
