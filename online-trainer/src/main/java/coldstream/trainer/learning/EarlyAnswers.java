package coldstream.trainer.learning;

import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers that know more of a user than the learner does: they were asked with a history whose newest events have not been
 * learnt yet. They wait until those have, so that nothing is ever learnt from the future, however far the learner lags.
 */
final class EarlyAnswers {

    private final int capacity;
    private final Map<UserId, ArrayDeque<SoftScores>> waiting = new LinkedHashMap<>();
    private int size;

    /** @param capacity answers kept; one more is let go, which only costs its guidance */
    EarlyAnswers(int capacity) {
        this.capacity = capacity;
    }

    void add(SoftScores scores) {
        if (size < capacity) {
            waiting.computeIfAbsent(scores.user(), user -> new ArrayDeque<>(2)).add(scores);
            size++;
        }
    }

    /** Takes out what a user with so many positives has caught up with, in the order it came. */
    List<SoftScores> due(UserId user, long count) {
        ArrayDeque<SoftScores> own = waiting.get(user);
        if (own == null) {
            return List.of();
        }
        List<SoftScores> due = new ArrayList<>();
        own.removeIf(scores -> scores.historyVersion() <= count && due.add(scores));
        size -= due.size();
        if (own.isEmpty()) {
            waiting.remove(user);
        }
        return due;
    }

    /** All that wait; each user's in the order they came. */
    List<SoftScores> all() {
        return waiting.values().stream().flatMap(ArrayDeque::stream).toList();
    }
}
