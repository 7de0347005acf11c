package coldstream.app.evaluate.protocol;

import static coldstream.domain.Check.check;

import coldstream.app.evaluate.worker.WorkerMemory;
import coldstream.evaluation.Stratum;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that only the prequential protocol reads. */
public final class PrequentialOptions {

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Runs at a time, each in a process of its own; default as many as there are cores and memory"
                    + " for. The result does not depend on it.")
    private int parallel;

    @Option(
            names = "--worker-memory",
            defaultValue = "1024",
            paramLabel = "MB",
            description =
                    "Heap of one such process, default 1024; with tensors and the JVM it takes up to 512 MB more.")
    private int workerMemory = 1024;

    @Option(
            names = "--within-events",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "Share of the events whose item is also compared with 99 others of its own, default 0; 0.2 is"
                    + " usual.")
    private double withinEvents;

    @Option(
            names = "--spans",
            defaultValue = "40",
            paramLabel = "N",
            description = "Spans of time that areas are reported of, default 40.")
    private int spans = 40;

    @Option(names = "--chart", paramLabel = "FILE", description = "Draw areas over time by arm, as SVG.")
    private @Nullable Path chart;

    @Option(
            names = "--chart-strata",
            split = ",",
            defaultValue = "overall,cold,tail,new_item",
            paramLabel = "STRATUM",
            description = "Strata in the chart, default overall,cold,tail,new_item.")
    private List<String> chartStrata = List.of();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "Keep the result of every finished run here and take it from here, so that a long evaluation that"
                            + " was stopped goes on where it was.")
    private @Nullable Path keep;

    void checkBounds() {
        check(parallel >= 0 && parallel <= 1_000, "parallel must be 1 to 1000, got %d", parallel);
        check(workerMemory >= 64, "worker-memory must be at least 64 MB, got %d", workerMemory);
        check(withinEvents >= 0 && withinEvents <= 1, "within-events must be in [0, 1], got %s", withinEvents);
        check(spans >= 1 && spans <= 1_000, "spans must be 1 to 1000, got %d", spans);
        List<String> strata = Arrays.stream(Stratum.values()).map(Stratum::key).toList();
        check(strata.containsAll(chartStrata), "chart-strata must be of %s, got %s", strata, chartStrata);
    }

    /** Workers at a time for so many jobs. */
    public int parallel(int jobs) {
        int fitting = parallel > 0
                ? parallel
                : workerMemory().fitting(Runtime.getRuntime().availableProcessors());
        return Math.min(fitting, jobs);
    }

    public WorkerMemory workerMemory() {
        return new WorkerMemory(workerMemory);
    }

    /** Share of the events whose item is compared with 99 others. */
    public double withinEvents() {
        return withinEvents;
    }

    /** Spans of time that areas are reported of. */
    public int spans() {
        return spans;
    }

    /** Where results of runs are kept. */
    public Optional<Path> keep() {
        return Optional.ofNullable(keep);
    }

    /** Where the chart goes. */
    public Optional<Path> chart() {
        return Optional.ofNullable(chart);
    }

    /** Strata in the chart, by key. */
    public List<String> chartStrata() {
        return chartStrata;
    }
}
