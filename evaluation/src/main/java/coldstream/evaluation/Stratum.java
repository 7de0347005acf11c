package coldstream.evaluation;

import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import java.util.Locale;

/**
 * Which rows are compared with which. A row is an event's own item, or one of the negatives sampled for it.
 *
 * <p>An item nobody had taken before is compared with items nobody had taken either, and only in {@link #NEW_ITEM}:
 * against seen items its newness would give it away. Where labels come with the data there are no sampled negatives, and
 * both classes are the events of the stratum.
 */
public enum Stratum {
    /** Every event of an item seen before. */
    OVERALL,
    /** Users with less than three earlier positives. */
    COLD,
    /** Users without an earlier positive. */
    HISTORY_0,
    /** Users with one or two earlier positives. */
    HISTORY_1_2,
    /** Positives of tail items against every seen negative. */
    TAIL,
    /** Positives of tail items against negatives that are tail items too. */
    ROW_TAIL,
    /** Positives of new items against items not seen yet. */
    NEW_ITEM,
    /** Users with at least three earlier positives and an item that is neither tail nor new. */
    WARM_HEAD;

    /** The name in reports, such as {@code history_1_2}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the event's own row belongs here. */
    public boolean holds(ScoredEvent event) {
        boolean seen = !event.newItem();
        long earlier = event.sample().userCount();
        boolean tail = event.sample().tail();
        return switch (this) {
            case OVERALL -> seen;
            case COLD -> seen && earlier < 3;
            case HISTORY_0 -> seen && earlier == 0;
            case HISTORY_1_2 -> seen && (earlier == 1 || earlier == 2);
            case TAIL, ROW_TAIL -> seen && tail;
            case NEW_ITEM -> !seen;
            case WARM_HEAD -> seen && earlier >= 3 && !tail;
        };
    }

    /** Whether the row of a negative sampled for the event belongs here. */
    public boolean holds(ScoredEvent event, Negative negative) {
        return switch (this) {
            case TAIL -> !event.newItem();
            case ROW_TAIL -> !event.newItem() && negative.tail();
            default -> holds(event);
        };
    }
}
