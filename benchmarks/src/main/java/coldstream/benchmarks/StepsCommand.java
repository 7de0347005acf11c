package coldstream.benchmarks;

import coldstream.model.Model;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The product's steps and nothing else, to look at with a profiler. */
@Command(
        name = "steps",
        description =
                "Steps without any peer, for a profiler; prints what each second's steps took of the learning thread.",
        mixinStandardHelpOptions = true)
final class StepsCommand implements Callable<Integer> {

    @Option(names = "--backbone", defaultValue = "dcnv2")
    private String backbone = "";

    @Option(names = "--rows", defaultValue = "1024")
    private int rows;

    @Option(names = "--dimension", defaultValue = "64")
    private int dimension;

    @Option(names = "--threads", defaultValue = "1")
    private int threads;

    @Option(names = "--device", defaultValue = "cpu")
    private String device = "";

    @Option(names = "--ids", defaultValue = "100000", description = "users, and items")
    private int ids;

    @Option(names = "--seconds", defaultValue = "20")
    private int seconds;

    @Override
    public Integer call() {
        Case given = new Case(backbone, rows, dimension, threads, device);
        Model model = new Model(given.model());
        try (Trainee trainee = new Trainee(model, new Workload(model, ids, ids, rows, Math.max(8, 16_384 / rows)))) {
            for (int second = 0; second < seconds; second++) {
                double processor = threadSeconds();
                long begin = System.nanoTime();
                int steps = 0;
                while (System.nanoTime() - begin < 1_000_000_000L) {
                    trainee.steps(1);
                    steps++;
                }
                System.out.printf(
                        "%.3f ms of the wall, %.3f ms of the thread%n",
                        (System.nanoTime() - begin) / 1e6 / steps, 1e3 * (threadSeconds() - processor) / steps);
            }
        }
        return 0;
    }

    /** Processor time of this thread, seconds. */
    static double threadSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
