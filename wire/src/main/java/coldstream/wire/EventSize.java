package coldstream.wire;

/** How large an event may be. */
public final class EventSize {

    /**
     * Largest event that is read, in bytes of its value: 1 MiB. Kafka takes more ({@link TopicSetup#MAX_BYTES}), so that an
     * event that is too large arrives and is named in the dead letters instead of stopping at its producer unseen.
     */
    public static final int MAX_BYTES = 1 << 20;

    private EventSize() {}
}
