package coldstream.serving.http;

import coldstream.service.Problem;
import coldstream.service.ProblemException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets so many requests run at once and so many wait; one more is refused with 429, one that waits until its deadline with
 * 503, both with {@code Retry-After}. What cannot be answered in time is better refused at once than answered late.
 */
public final class Admission {

    /** Context attribute: the route's name in the metrics. */
    static final String ROUTE = "coldstream.route";

    /** Context attribute: when the request was there as a whole, in nanoseconds. */
    static final String BEGAN = "coldstream.began";

    private final Semaphore running;
    private final int maxRunning;
    private final int maxWaiting;
    private final Duration timeout;
    private final AtomicInteger waiting = new AtomicInteger();

    /** What answers a request. */
    @FunctionalInterface
    interface Work {
        void answer(Context context, Deadline deadline);
    }

    public Admission(int maxRunning, int maxWaiting, Duration timeout) {
        running = new Semaphore(maxRunning, true);
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
        this.timeout = timeout;
    }

    /** Requests that run now. */
    public int running() {
        return maxRunning - running.availablePermits();
    }

    /** Requests that wait now. */
    public int waiting() {
        return waiting.get();
    }

    /** The work, once it is let in. */
    Handler admit(String route, Work work) {
        return context -> {
            context.attribute(ROUTE, route);
            context.attribute(BEGAN, System.nanoTime());
            if (context.method() == HandlerType.POST) {
                var unused = Query.body(context); // all of it: a client that sends slowly takes nobody's place
                context.attribute(BEGAN, System.nanoTime());
            }
            Deadline deadline = new Deadline(timeout);
            enter(deadline);
            try {
                work.answer(context, deadline);
            } finally {
                running.release();
            }
        };
    }

    private void enter(Deadline deadline) {
        if (running.tryAcquire()) {
            return;
        }
        try {
            if (waiting.incrementAndGet() > maxWaiting) {
                throw new ProblemException(new Problem(
                        429,
                        "Too many requests",
                        "at most " + maxRunning + " requests run and " + maxWaiting + " wait",
                        Map.of("Retry-After", "1")));
            }
            if (!running.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw deadline.missed();
        } finally {
            waiting.decrementAndGet();
        }
    }
}
