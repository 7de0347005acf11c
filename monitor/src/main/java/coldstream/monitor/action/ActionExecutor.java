package coldstream.monitor.action;

import coldstream.domain.DriftAlert;
import java.time.Instant;
import java.util.Optional;

/** Does one kind of action. One thread at a time; may take seconds. */
public interface ActionExecutor {

    /**
     * What was done.
     *
     * @param detail in words, with numbers
     * @param lasts whether it is in effect from now on; else it is complete
     * @param until when it ends by itself, where a time says so
     */
    record Done(String detail, boolean lasts, Optional<Instant> until) {

        /** Complete. */
        public static Done complete(String detail) {
            return new Done(detail, false, Optional.empty());
        }
    }

    /** Does it. A second time for the same alert it does no more than once. */
    Done start(DriftAlert cause) throws ActionException;

    /** Whether it can end before its time. */
    default boolean endsEarly() {
        return false;
    }

    /**
     * Ends it, for the last alarm that wanted it is closed.
     *
     * @return what was done, in words
     */
    default String end(DriftAlert cause) throws ActionException {
        throw new ActionException("it ends by itself", false, null);
    }

    /** Whether one that lasts is in effect no more. */
    default boolean over(DriftAlert.Action started, Instant now) {
        return started.until().map(end -> !now.isBefore(end)).orElse(true);
    }
}
