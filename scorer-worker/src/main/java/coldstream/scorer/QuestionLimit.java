package coldstream.scorer;

import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks questions in threads of its own, each for a bounded time, whatever it waits for: past the limit the thread is
 * interrupted, and somebody else's answer stands in for the one that did not come.
 */
final class QuestionLimit<T> implements AutoCloseable {

    private final TimeLimiter limiter;
    private final ExecutorService threads;
    private final ScheduledExecutorService clock;

    /** @param atOnce threads, so questions at once */
    QuestionLimit(Duration limit, int atOnce) {
        this.limiter = TimeLimiter.of(
                "question", TimeLimiterConfig.custom().timeoutDuration(limit).build());
        this.threads = Executors.newFixedThreadPool(atOnce, daemon("language-model"));
        ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(1, daemon("question-limit"));
        alarms.setRemoveOnCancelPolicy(true); // answered questions leave nothing behind
        this.clock = alarms;
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Asks, and comes back at once.
     *
     * @param question must not throw
     * @param late what stands in for an answer that took too long
     * @param then is given the answer, once
     * @param over is called when the thread is free again, which for a question that cannot be interrupted is later
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what comes of it is told to those who are handed it
    void ask(Supplier<T> question, Supplier<T> late, Consumer<T> then, Runnable over) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Future<?> asking = threads.submit(() -> {
            try {
                answer.complete(question.get());
            } finally {
                answer.completeExceptionally(new IllegalStateException("a question must not throw"));
                over.run();
            }
        });
        limiter.executeCompletionStage(clock, () -> answer).whenComplete((answered, failure) -> {
            if (failure != null) {
                asking.cancel(true);
            }
            then.accept(failure == null ? answered : late.get());
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdownNow();
    }
}
