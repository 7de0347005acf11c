package coldstream.benchmarks;

import coldstream.model.Model;
import coldstream.model.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Step time by size of the table of users: two models side by side take turns, each on rows drawn anew, so that nothing is in
 * a cache because it was used a moment ago.
 */
@Command(
        name = "table-size",
        description = "Step time with many user rows over step time with few.",
        mixinStandardHelpOptions = true)
final class TableSizeCommand implements Callable<Integer> {

    private static final int ITEMS = 20_000;

    @Option(names = "--few", defaultValue = "100000")
    private int few;

    @Option(names = "--many", defaultValue = "10000000")
    private int many;

    @Option(names = "--rows", defaultValue = "128", description = "of a batch")
    private int rows;

    @Option(names = "--dimension", defaultValue = "16")
    private int dimension;

    @Option(names = "--rounds", defaultValue = "15")
    private int rounds;

    @Option(names = "--steps", defaultValue = "100", description = "of a round")
    private int steps;

    @Override
    public Integer call() {
        try (Table small = new Table(few, rows, dimension);
                Table large = new Table(many, rows, dimension)) {
            System.gc();
            report("steps", small, large, false);
            report("steps after a snapshot was taken", small, large, true);
        }
        return 0;
    }

    private void report(String what, Table small, Table large, boolean snapshot) {
        small.round(steps, false);
        large.round(steps, false);
        List<Double> ofSmall = new ArrayList<>();
        List<Double> ofLarge = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ofSmall.add(small.round(steps, snapshot));
            ofLarge.add(large.round(steps, snapshot));
        }
        double fewTook = median(ofSmall);
        double manyTook = median(ofLarge);
        System.out.printf(
                "%s: %.3f ms with %,d users, %.3f ms with %,d, ratio %.3f (thread time, median of %d rounds of %d)%n",
                what, 1e3 * fewTook, few, 1e3 * manyTook, many, manyTook / fewTook, rounds, steps);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** A model with so many users. */
    private static final class Table implements AutoCloseable {

        private final Model model;
        private final Workload workload;
        private final Trainee trainee;
        private final int rows;

        private Table(int users, int rows, int dimension) {
            this.rows = rows;
            model = new Model(new Case("dcnv2", rows, dimension, 1, "cpu").model());
            workload = new Workload(model, users, ITEMS, rows, 1);
            trainee = new Trainee(model, workload);
        }

        /** Seconds of the thread that a step took; rows are drawn outside of it. */
        private double round(int steps, boolean snapshot) {
            if (snapshot) {
                model.capture(Trust.none());
            }
            double seconds = 0;
            for (int step = 0; step < steps; step++) {
                List<Workload.Row> batch = workload.draw(rows);
                double begin = StepsCommand.threadSeconds();
                trainee.step(batch);
                seconds += StepsCommand.threadSeconds() - begin;
            }
            return seconds / steps;
        }

        @Override
        public void close() {
            trainee.close();
        }
    }
}
