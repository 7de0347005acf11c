package coldstream.serving.delta;

import static coldstream.domain.Check.check;

/** What of the changes since the champion's snapshot reaches users. */
public enum DeltaMode {
    /** Nothing: snapshots alone. */
    OFF,
    /** Epochs up to the next snapshot, which has to become champion first. */
    CHAMPION,
    /** Every epoch of the champion's line, as long as the registry has not kept a later version back or gone back to this. */
    LINE;

    /** The mode of a setting's text. */
    public static DeltaMode of(String text) {
        for (DeltaMode mode : values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        check(false, "serving.deltas must be line, champion or off, got %s", text);
        throw new AssertionError();
    }

    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
