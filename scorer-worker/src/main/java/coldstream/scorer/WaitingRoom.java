package coldstream.scorer;

import coldstream.domain.ScoreRequest.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Requests in hand that nobody asks about yet: those that may be asked, most worth first, and those that failed and wait for
 * their next attempt. Bounded by what the lanes hold. Thread-safe.
 */
final class WaitingRoom {

    /** @param order of arrival, which decides between equals */
    private record Ready(Work work, long order) {}

    private record Delayed(Work work, long due) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Ready> ready = new PriorityQueue<>(
            Comparator.comparingDouble((Ready one) -> -one.work.worth()).thenComparingLong(Ready::order));
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>(Comparator.comparingLong(Delayed::due));
    private long arrivals;

    void enter(Work work) {
        locked(() -> {
            ready.add(new Ready(work, arrivals++));
            changed.signalAll();
        });
    }

    /** Comes back to wait until its next attempt. */
    void enterAgain(Work work, Duration pause) {
        locked(() -> {
            delayed.add(new Delayed(work, System.nanoTime() + pause.toNanos()));
            changed.signalAll();
        });
    }

    /** Is nobody's business any more, wherever it waits. */
    void forget(Work work) {
        locked(() -> {
            ready.removeIf(one -> one.work == work);
            delayed.removeIf(one -> one.work == work);
        });
    }

    /** The request worth most of those that may be asked now, if any. */
    @Nullable
    Work takeBest() {
        lock.lock();
        try {
            admitDue();
            Ready best = ready.poll();
            return best == null ? null : best.work;
        } finally {
            lock.unlock();
        }
    }

    /** Requests that may be asked now. */
    int ready() {
        lock.lock();
        try {
            admitDue();
            return ready.size();
        } finally {
            lock.unlock();
        }
    }

    /** All that wait. */
    int size() {
        lock.lock();
        try {
            return ready.size() + delayed.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change, a request that is due, or this long; or less: who calls looks for itself. */
    @SuppressWarnings("WaitNotInLoop")
    void await(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long wait = longest.toNanos();
            Delayed next = delayed.peek();
            if (next != null) {
                wait = Math.min(wait, Math.max(0, next.due - System.nanoTime()));
            }
            if (wait > 0) {
                var unused = changed.await(wait, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a wait of {@link #await}. */
    void signal() {
        locked(changed::signalAll);
    }

    /**
     * Takes out those that could be asked but for money, for longer than the patience. Audits stay: without them nobody
     * knows what the others are worth.
     */
    List<Work> takeImpatient(Duration patience) {
        List<Work> out = new ArrayList<>();
        long now = System.nanoTime();
        locked(() -> {
            for (Iterator<Ready> all = ready.iterator(); all.hasNext(); ) {
                Work work = all.next().work;
                if (work.request().reason() == Reason.AUDIT) {
                    continue;
                }
                if (work.shortSince == null) {
                    work.shortSince = now;
                }
                if (now - work.shortSince >= patience.toNanos()) {
                    all.remove();
                    out.add(work);
                }
            }
        });
        return out;
    }

    private void admitDue() {
        long now = System.nanoTime();
        for (Delayed next = delayed.peek(); next != null && next.due - now <= 0; next = delayed.peek()) {
            delayed.remove();
            ready.add(new Ready(next.work, arrivals++));
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
