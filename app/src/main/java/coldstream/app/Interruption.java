package coldstream.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.InterruptException;

/**
 * What Ctrl-C and a container's stop do: first what was asked to be done first, then they interrupt the main thread, which
 * closes what it opened, and end the process once that is done or took too long.
 */
final class Interruption {

    private static final int LIMIT_SECONDS = 9;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile Runnable first = () -> {};

    private Interruption() {}

    /** One that nothing sets off. */
    static Interruption none() {
        return new Interruption();
    }

    /** From now on a signal to end interrupts the calling thread. */
    static Interruption install() {
        Interruption interruption = new Interruption();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.stop(main), "stop"));
        return interruption;
    }

    /** What is done when the signal comes, while all else goes on; the limit for the end counts from when it is done. */
    void first(Runnable task) {
        first = task;
    }

    /** Whether a failure is the echo of an interrupt. */
    static boolean causedBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof InterruptException) {
                return true;
            }
        }
        return Thread.interrupted();
    }

    /** Ends the process, or leaves that to the signal that is ending it already. */
    void exit(int status) {
        finished.countDown();
        if (!stopping.get()) {
            System.exit(status);
        }
    }

    private void stop(Thread main) {
        if (finished.getCount() == 0) {
            return;
        }
        stopping.set(true);
        first.run();
        main.interrupt();
        try {
            if (!finished.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(Coldstream.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
