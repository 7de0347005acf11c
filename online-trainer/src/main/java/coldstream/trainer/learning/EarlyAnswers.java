package coldstream.trainer.learning;

import coldstream.domain.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Answers that know more of a user than the learner does: they were asked with a history whose newest events have not been
 * learnt yet. They wait until those have, so that nothing is ever learnt from the future, however far the learner lags.
 *
 * @param <T> a kind of answer
 */
final class EarlyAnswers<T> {

    private final int capacity;
    private final Function<T, UserId> userOf;
    private final ToLongFunction<T> versionOf;
    private final Map<UserId, ArrayDeque<T>> waiting = new LinkedHashMap<>();
    private int size;

    /**
     * @param capacity answers kept; one more is let go, which only costs its guidance
     * @param userOf whom an answer is about
     * @param versionOf positives of that user when it was asked for
     */
    EarlyAnswers(int capacity, Function<T, UserId> userOf, ToLongFunction<T> versionOf) {
        this.capacity = capacity;
        this.userOf = userOf;
        this.versionOf = versionOf;
    }

    void add(T answer) {
        if (size < capacity) {
            waiting.computeIfAbsent(userOf.apply(answer), user -> new ArrayDeque<>(2))
                    .add(answer);
            size++;
        }
    }

    /** Takes out what a user with so many positives has caught up with, in the order it came. */
    List<T> due(UserId user, long count) {
        ArrayDeque<T> own = waiting.get(user);
        if (own == null) {
            return List.of();
        }
        List<T> due = new ArrayList<>();
        own.removeIf(answer -> versionOf.applyAsLong(answer) <= count && due.add(answer));
        size -= due.size();
        if (own.isEmpty()) {
            waiting.remove(user);
        }
        return due;
    }

    /** All that wait; each user's in the order they came. */
    List<T> all() {
        return waiting.values().stream().flatMap(ArrayDeque::stream).toList();
    }
}
