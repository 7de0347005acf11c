package coldstream.scorer;

import coldstream.domain.SoftScores;
import coldstream.wire.Refusal;

/** What is to become of a score request. */
sealed interface Decision {

    /** Publish the scores and acknowledge. */
    record Answer(SoftScores scores) implements Decision {}

    /** Hand the request back, for any worker to try again. */
    record Later(String why) implements Decision {}

    /** Write a dead letter and never try again. */
    record Dead(Refusal refusal) implements Decision {}
}
