package coldstream.app;

import coldstream.domain.Interaction;

/** What a row of a data set says about taste. */
public enum Labels {
    /** Every row is a positive: it is sent as a click, whatever its rating. */
    IMPLICIT,
    /** A row with a rating is sent as one, and the rating decides. */
    EXPLICIT;

    private static final String CLICK = "click";

    /** The event to send. */
    public Interaction apply(Interaction row) {
        if (this == EXPLICIT || row.type().equals(CLICK)) {
            return row;
        }
        return new Interaction(
                row.eventId(),
                row.source(),
                CLICK,
                row.user(),
                row.item(),
                row.value(),
                row.impressionId(),
                row.timestamp(),
                row.context());
    }
}
