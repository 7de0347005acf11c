package coldstream.scorer;

import coldstream.domain.SoftScores;
import coldstream.wire.Refusal;
import coldstream.wire.Refusal.Reason;
import java.util.Locale;

/** What is to become of a score request. */
sealed interface Decision {

    /** Publish the scores and acknowledge. */
    record Answer(SoftScores scores) implements Decision {}

    /**
     * Hand the request back, for any worker to try again.
     *
     * @param reason of the dead letter, should it never come right
     */
    record Later(String why, Reason reason) implements Decision {

        /** This, or a dead letter where it was the last of the deliveries. */
        Decision unlessLast(int delivery, int deliveries) {
            return delivery < deliveries
                    ? this
                    : new Dead(new Refusal(reason, "given up after " + delivery + " tries: " + why));
        }
    }

    /** Write a dead letter and never try again. */
    record Dead(Refusal refusal) implements Decision {}

    /** Acknowledge and count: nobody misses the answer, or nobody can pay for it. */
    record Dropped(Why why) implements Decision {}

    /** Why a request was dropped. */
    enum Why {
        /** This very request was answered before; it came again. */
        ANSWERED,
        /** The user was asked about less than the debounce ago. */
        DEBOUNCED,
        /** There was no money for it within the patience, while others were worth more. */
        NO_BUDGET;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
