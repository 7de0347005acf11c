package coldstream.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Waits for something that happens elsewhere, with a deadline and a word on what never came.
 *
 * <p>The deadline is there to end a test that would wait for ever, not to measure: it is far longer than anything takes on a
 * slow machine that is busy with other work.
 */
public final class Await {

    /** Longest wait unless told otherwise. */
    public static final Duration LIMIT = Duration.ofMinutes(4);

    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 20;

    private Await() {}

    /** Returns when the condition holds; fails after {@link #LIMIT}, naming {@code what} did not happen. */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, LIMIT, condition);
    }

    /** Returns when the condition holds; fails after {@code limit}. */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        value(what, limit, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** Returns the value once there is one; fails after {@link #LIMIT}. */
    public static <T> T value(String what, Callable<Optional<T>> attempt) {
        return value(what, LIMIT, attempt);
    }

    /** Returns the value once there is one; fails after {@code limit}. */
    public static <T> T value(String what, Duration limit, Callable<Optional<T>> attempt) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            Optional<T> found = call(attempt);
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError("within " + limit + " this did not happen: " + what);
            }
            pause(pause);
        }
    }

    private static <T> T call(Callable<T> attempt) {
        try {
            return attempt.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }
}
