package coldstream.trainer.learning;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last scored requests: a ring, so that adding, forgetting and drawing take constant time. */
final class ReplayQueue {

    private final int capacity;
    private final ArrayList<ScoredRequest> ring = new ArrayList<>();
    private int oldest;

    ReplayQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a request and answers the one forgotten for it. */
    Optional<ScoredRequest> add(ScoredRequest request) {
        if (ring.size() < capacity) {
            ring.add(request);
            return Optional.empty();
        }
        ScoredRequest forgotten = ring.set(oldest, request);
        oldest = (oldest + 1) % capacity;
        return Optional.of(forgotten);
    }

    int size() {
        return ring.size();
    }

    /** By age: 0 is the oldest. */
    ScoredRequest get(int place) {
        return ring.get((oldest + place) % ring.size());
    }

    /** Oldest first. */
    List<ScoredRequest> all() {
        ArrayDeque<ScoredRequest> all = new ArrayDeque<>();
        for (int place = 0; place < ring.size(); place++) {
            all.add(get(place));
        }
        return new ArrayList<>(all);
    }
}
