package coldstream.app.demo;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs steps that must not be interrupted half-way: an interrupt of the caller takes effect between two of them.
 *
 * <p>A broker that is interrupted while it starts can neither go on nor stop in order.
 */
final class Steps implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread worker = new Thread(task, "demo-steps");
        worker.setDaemon(true);
        return worker;
    });

    /**
     * Runs one step to its end.
     *
     * @throws InterruptedException after the step, if the caller was interrupted meanwhile or before
     */
    void run(Runnable step) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a step");
        }
        Future<?> running = thread.submit(step);
        boolean interrupted = false;
        while (true) {
            try {
                running.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
        if (interrupted) {
            throw new InterruptedException("interrupted during a step");
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
