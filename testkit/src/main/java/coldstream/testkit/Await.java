package coldstream.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for something that happens elsewhere, with a deadline and a word on what never came. */
public final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PAUSE_MILLIS = 20;

    private Await() {}

    /** Returns when the condition holds; fails after a minute, naming {@code what} did not happen. */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, LIMIT, condition);
    }

    /** Returns when the condition holds; fails after {@code limit}. */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        value(what, limit, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** Returns the value once there is one; fails after {@code limit}. */
    public static <T> T value(String what, Duration limit, Callable<Optional<T>> attempt) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> found = call(attempt);
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() >= deadline) {
                throw new AssertionError("within " + limit + " this did not happen: " + what);
            }
            pause();
        }
    }

    private static <T> T call(Callable<T> attempt) {
        try {
            return attempt.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }
}
