package coldstream.trainer.learning;

import coldstream.model.CatalogueEntry;
import java.time.Instant;
import java.util.List;

/**
 * A language model's answer, as the learner keeps it.
 *
 * @param owner the user it is about
 * @param candidates without the hidden item of an audit
 * @param scores one per candidate, in [0, 1], as given
 * @param historyVersion positives of the user when asked
 * @param historyMaxTime the answer may serve events strictly later
 */
record ScoredRequest(
        UserMemory owner,
        List<CatalogueEntry> candidates,
        List<Double> scores,
        String model,
        long historyVersion,
        Instant historyMaxTime) {

    /** Number of the user; -1 once forgotten. */
    int user() {
        return owner.number;
    }

    /** Later positives of the user since asked. */
    long age(long count) {
        return count - historyVersion;
    }

    int find(CatalogueEntry item) {
        return candidates.indexOf(item);
    }
}
