package coldstream.wire;

/** How large an event may be. */
public final class EventSize {

    /** Largest event that is read, in bytes of its value: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    /**
     * Largest value that Kafka takes on topics fed from outside, in bytes: 4 MiB. The room above {@link #MAX_BYTES} lets an
     * event that is too large arrive and be named in the dead letters instead of stopping at its producer unseen.
     */
    public static final int MAX_RECORD_BYTES = 4 << 20;

    private EventSize() {}
}
