package coldstream.model;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Who does the work on rows: the learning thread, and a second one where tensor operations have more than one thread too.
 * Work is split so that neither reads what the other writes and every sum is added up in the same order, so the numbers do
 * not depend on who did what.
 */
final class Crew implements AutoCloseable {

    private final int hands;
    private final ExecutorService second;

    Crew(int threads) {
        hands = Math.min(2, threads);
        second = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "rows");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does both and returns when both are done. */
    void both(Runnable one, Runnable other) {
        if (hands == 1) {
            one.run();
            other.run();
            return;
        }
        Future<?> first = second.submit(one);
        try {
            other.run();
        } finally {
            await(first);
        }
    }

    private static void await(Future<?> work) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    work.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true; // half a step cannot be left behind
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        second.shutdown();
    }
}
