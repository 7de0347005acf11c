package coldstream.model;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Who does the work on rows: the learning thread, and a second one where tensor operations have more than one thread too.
 * Work is split so that neither reads what the other writes and every sum is added up in the same order, so the numbers do
 * not depend on who did what.
 */
final class Crew implements AutoCloseable {

    /** Waking a thread takes as long as adding up so many rows. */
    static final int WORTH_IT = 4096;

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

    /**
     * Does both and returns when both are done.
     *
     * @param work rows to be added up, about; for few of them nobody else is woken up
     */
    void both(int work, Runnable one, Runnable other) {
        if (hands == 1 || work < WORTH_IT) {
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

    /** As above, for any number of tasks, each done once, in any order. */
    void each(int work, int tasks, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        Runnable some = () -> {
            for (int one = next.getAndIncrement(); one < tasks; one = next.getAndIncrement()) {
                task.accept(one);
            }
        };
        if (hands == 1 || work < WORTH_IT || tasks < 2) {
            some.run();
        } else {
            both(work, some, some);
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
