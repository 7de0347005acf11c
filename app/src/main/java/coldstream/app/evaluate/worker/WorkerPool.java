package coldstream.app.evaluate.worker;

import static coldstream.domain.Check.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Does jobs in processes, some at a time. The results are those of the jobs, in their order, however many there are at a
 * time; one that fails ends all.
 */
public final class WorkerPool implements JobRunner {

    private final int parallel;
    private final List<String> command;
    private final KeptResults kept;

    /**
     * @param parallel workers at a time
     * @param command starts a worker: a process that serves {@link Worker#serve} on its standard input and output
     * @param keep where results are kept and looked for; empty for nowhere
     */
    WorkerPool(int parallel, List<String> command, Optional<Path> keep) {
        check(parallel >= 1, "workers at a time must be at least 1, got %d", parallel);
        this.parallel = parallel;
        this.command = List.copyOf(command);
        kept = new KeptResults(keep);
    }

    /** Workers that are this program again, called with a hidden sub-command. */
    public static WorkerPool ofThisProgram(int parallel, WorkerMemory memory, Optional<Path> keep) {
        return new WorkerPool(parallel, WorkerProcess.command(memory, "coldstream.app.Coldstream", SUBCOMMAND), keep);
    }

    /** What a worker is called with. */
    public static final String SUBCOMMAND = "evaluate-worker";

    @Override
    public List<JsonNode> run(List<Job> jobs, JobDisplay display) throws InterruptedException {
        Set<WorkerProcess> running = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(parallel, task -> new Thread(task, "worker-pool"));
        try {
            var done = new ExecutorCompletionService<JsonNode>(threads);
            List<Future<JsonNode>> results = new ArrayList<>();
            jobs.forEach(job -> results.add(done.submit(() -> one(job, running, display))));
            List<JsonNode> found = new ArrayList<>();
            for (int finished = 0; finished < jobs.size(); finished++) {
                get(done.take());
            }
            for (Future<JsonNode> result : results) {
                found.add(get(result));
            }
            return found;
        } finally {
            threads.shutdownNow();
            running.forEach(WorkerProcess::close);
            // a thread that was just starting its worker sees the interrupt and ends it itself
            threads.awaitTermination(1, TimeUnit.MINUTES);
            display.clear();
        }
    }

    private JsonNode one(Job job, Set<WorkerProcess> running, JobDisplay display)
            throws InterruptedException, IOException {
        long start = System.nanoTime();
        display.started(job);
        Optional<JsonNode> known = kept.find(job);
        if (known.isPresent()) {
            display.finished(job, 0);
            return known.get();
        }
        try (var worker = new WorkerProcess(job, command)) {
            running.add(worker);
            if (Thread.interrupted()) {
                throw new InterruptedException("no more work is wanted");
            }
            JsonNode result = worker.result((share, news) -> display.at(job, share, news));
            kept.keep(job, result);
            display.finished(job, (System.nanoTime() - start) / 1e9);
            return result;
        } catch (WorkerException failure) {
            if (!Thread.currentThread().isInterrupted()) {
                display.failed(job, failure.lastWords());
            }
            throw failure;
        }
    }

    private static JsonNode get(Future<JsonNode> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof IOException failure) {
                throw new UncheckedIOException("cannot start a worker", failure);
            }
            throw new IllegalStateException("a worker's thread failed", cause);
        }
    }
}
