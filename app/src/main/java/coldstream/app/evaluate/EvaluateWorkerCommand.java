package coldstream.app.evaluate;

import coldstream.app.evaluate.drift.DriftWork;
import coldstream.app.evaluate.prequential.PrequentialWork;
import coldstream.app.evaluate.worker.Work;
import coldstream.app.evaluate.worker.Worker;
import coldstream.app.evaluate.worker.WorkerPool;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What {@code evaluate} runs in processes of its own; not for people. */
@Command(name = WorkerPool.SUBCOMMAND, hidden = true, description = "Does one job of coldstream evaluate.")
public final class EvaluateWorkerCommand implements Callable<Integer> {

    private static final List<Work> KINDS = List.of(new PrequentialWork(), new DriftWork());

    @Override
    public Integer call() throws Exception {
        PrintStream messages = System.out;
        System.setOut(System.err); // what a library prints must not come between the messages
        new Worker(KINDS).serve(System.in, messages, () -> Runtime.getRuntime().halt(0));
        return 0;
    }
}
