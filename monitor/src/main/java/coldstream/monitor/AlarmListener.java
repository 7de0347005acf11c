package coldstream.monitor;

/** Hears of alarms. Must not wait: it is called where learning goes on. */
@FunctionalInterface
public interface AlarmListener {

    /** Hears nothing. */
    AlarmListener NONE = (alarm, place) -> {};

    /**
     * An alarm opened or closed. A restart may say so again: of one alarm {@link Alarm#opened} is always the same.
     */
    void changed(Alarm alarm, Place place);
}
