package coldstream.monitor;

/** Which way a signal must go to be worth an alarm. */
public enum Harm {
    /** Such as a loss. */
    RISE,
    /** Such as an area under the curve. */
    FALL,
    EITHER;

    /** Whether going this far, up if positive, is worth an alarm. */
    boolean in(double change) {
        return switch (this) {
            case RISE -> change > 0;
            case FALL -> change < 0;
            case EITHER -> true;
        };
    }
}
