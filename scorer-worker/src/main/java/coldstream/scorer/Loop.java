package coldstream.scorer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does one thing until told to stop; what fails is begun anew after a pause. */
abstract class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(4);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final String name;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Runnable wakeUp;

    Loop(String name) {
        this.name = name;
        this.thread = new Thread(this::keepRunning, name);
        this.thread.setDaemon(true);
    }

    /** Works until {@link #stopping()}; begun anew when it throws. */
    abstract void run() throws InterruptedException;

    /** Called by the thread that stops this one, to end a wait of {@link #run()}. */
    void wake() {
        Runnable call = wakeUp;
        if (call != null) {
            call.run();
        }
    }

    /** What ends a wait of {@link #run()}, such as a consumer's wake-up; null where it waits for nothing of that kind. */
    final void wokenBy(@Nullable Runnable call) {
        wakeUp = call;
    }

    /** Waits until it may begin; false if told to stop before. */
    final boolean begins(BooleanSupplier mayBegin) throws InterruptedException {
        while (!stopping()) {
            if (mayBegin.getAsBoolean()) {
                return true;
            }
            pause(LOOK_AGAIN);
        }
        return false;
    }

    final void start() {
        thread.start();
    }

    final boolean stopping() {
        return stop.getCount() == 0;
    }

    /** Waits, but not past the stop. */
    final void pause(Duration time) throws InterruptedException {
        stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Called once, in the loop's thread, when it has ended for good. */
    void stopped() {}

    private void keepRunning() {
        try {
            work();
        } finally {
            stopped();
        }
    }

    private void work() {
        while (!stopping()) {
            try {
                run();
            } catch (WakeupException e) {
                // the stop, or a stray wake-up: the condition of this loop decides
            } catch (InterruptException | InterruptedException e) {
                return; // only the stop interrupts
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("loop", name).setCause(e).log("loop failed and begins anew");
                try {
                    pause(PAUSE_AFTER_FAILURE);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    /** Stops without waiting. */
    final void beginStop() {
        stop.countDown();
        wake();
    }

    /** Stops and waits, for a bounded time. */
    @Override
    public final void close() {
        beginStop();
        if (!thread.isAlive()) {
            return;
        }
        try {
            thread.join(STOP_LIMIT.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(STOP_LIMIT.toMillis() / 4);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
